"""What an asset has cost, how long it stood still, and whether to keep it."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ....tools.facility import replace
from ..request.cost import COST_READERS
from ..request.request import OPEN


class MaintenanceEquipment(models.Model):
    _inherit = "maintenance.equipment"

    medical_cost_12m = fields.Monetary(
        "Repairs, 12 months",
        compute="_compute_medical_costs",
        compute_sudo=True,  # sums over bills that the reader need not see
        groups=COST_READERS,
    )
    medical_cost_total = fields.Monetary(
        "Cost to date",
        compute="_compute_medical_costs",
        compute_sudo=True,
        groups=COST_READERS,
        help="Purchase price plus all hours, parts and bills since.",
    )
    medical_downtime_hours = fields.Float(
        "Out of service, 12 months (hours)",
        compute="_compute_medical_downtime_hours",
        compute_sudo=True,
    )
    medical_failures_12m = fields.Integer(
        "Failures, 12 months",
        compute="_compute_medical_failures",
        compute_sudo=True,
    )
    medical_open_requests = fields.Integer(
        "Open requests", compute="_compute_medical_failures", compute_sudo=True
    )
    medical_plan_count = fields.Integer(
        "Maintenance Plans", compute="_compute_medical_plan_count", compute_sudo=True
    )
    medical_mtbf_days = fields.Float(
        "Days between failures",
        compute="_compute_medical_failures",
        compute_sudo=True,
        help="Days in use divided by the corrective requests in that time.",
    )
    medical_advice = fields.Selection(
        [("keep", "Keep"), ("consider", "Consider replacing"), ("replace", "Replace")],
        "Repair or replace",
        compute="_compute_medical_advice",
        compute_sudo=True,
        search="_search_medical_advice",
        groups=COST_READERS,
    )
    medical_advice_score = fields.Integer(
        "Points",
        compute="_compute_medical_advice",
        compute_sudo=True,
        groups=COST_READERS,
    )
    medical_advice_reason = fields.Char(
        "Reason",
        compute="_compute_medical_advice",
        compute_sudo=True,
        groups=COST_READERS,
    )

    def _medical_year_ago(self):
        return fields.Date.context_today(self) - relativedelta(years=1)

    @api.depends_context("company")
    @api.depends("medical_purchase_value", "maintenance_ids.medical_cost_ids.amount")
    def _compute_medical_costs(self):
        """Two queries, however many assets."""
        since = self._medical_year_ago()
        total = dict.fromkeys(self.ids, 0.0)
        year = dict.fromkeys(self.ids, 0.0)
        for asset_id, amount, recent in self._medical_cost_rows(since):
            total[asset_id] += amount
            year[asset_id] += recent
        for asset in self:
            key = asset._origin.id
            asset.medical_cost_12m = year.get(key, 0.0)
            asset.medical_cost_total = (
                total.get(key, 0.0) + asset.medical_purchase_value
            )

    def _medical_cost_rows(self, since):
        """(asset id, cost to date, cost since ``since``) from both sources."""
        if not self.ids:
            return []
        self.env["medical.facility.cost"].flush_model()
        self.env["account.move.line"].flush_model(
            ["medical_request_id", "balance", "date", "parent_state"]
        )
        self.env["maintenance.request"].flush_model(["equipment_id"])
        return self.env.execute_query(
            SQL(
                """
                SELECT equipment_id, SUM(amount)::float,
                       COALESCE(SUM(amount) FILTER (WHERE date >= %(since)s), 0)::float
                  FROM medical_facility_cost
                 WHERE equipment_id = ANY(%(assets)s)
              GROUP BY equipment_id
             UNION ALL
                SELECT r.equipment_id, SUM(l.balance)::float,
                       COALESCE(SUM(l.balance) FILTER (WHERE l.date >= %(since)s), 0)
                           ::float
                  FROM account_move_line l
                  JOIN maintenance_request r ON r.id = l.medical_request_id
                 WHERE r.equipment_id = ANY(%(assets)s) AND l.parent_state = 'posted'
              GROUP BY r.equipment_id
                """,
                since=since,
                assets=self.ids,
            )
        )

    @api.depends("medical_tagout_ids.date_out", "medical_tagout_ids.date_returned")
    def _compute_medical_downtime_hours(self):
        now = fields.Datetime.now()
        start = now - timedelta(days=365)
        hours = dict.fromkeys(self.ids, 0.0)
        tags = self.env["medical.facility.tagout"].search_fetch(
            [
                ("equipment_id", "in", self.ids),
                "|",
                ("date_returned", "=", False),
                ("date_returned", ">=", start),
            ],
            ["equipment_id", "date_out", "date_returned"],
        )
        for tag in tags:
            begin, end = max(tag.date_out, start), tag.date_returned or now
            hours[tag.equipment_id.id] += max((end - begin).total_seconds(), 0) / 3600
        for asset in self:
            asset.medical_downtime_hours = hours.get(asset._origin.id, 0.0)

    @api.depends(
        "maintenance_ids.stage_id", "maintenance_ids.maintenance_type", "effective_date"
    )
    def _compute_medical_failures(self):
        today = fields.Date.context_today(self)
        requests = self.env["maintenance.request"]
        corrective = [
            ("equipment_id", "in", self.ids),
            ("maintenance_type", "=", "corrective"),
        ]
        recent = self._medical_counted(
            requests,
            [*corrective, ("request_date", ">=", self._medical_year_ago())],
        )
        ever = self._medical_counted(requests, corrective)
        waiting = self._medical_counted(
            requests, [*OPEN, ("equipment_id", "in", self.ids)]
        )
        for asset in self:
            key = asset._origin.id
            days = (today - asset.effective_date).days if asset.effective_date else 0
            asset.medical_failures_12m = recent.get(key, 0)
            asset.medical_open_requests = waiting.get(key, 0)
            asset.medical_mtbf_days = days / ever[key] if ever.get(key) else 0.0

    def _compute_medical_plan_count(self):
        plans = self.env["medical.facility.maintenance.plan"]
        counted = self._medical_counted(plans, [("equipment_id", "in", self.ids)])
        for asset in self:
            asset.medical_plan_count = counted.get(asset._origin.id, 0)

    @api.model
    def _medical_counted(self, records, domain):
        return {
            asset.id: count
            for asset, count in records._read_group(
                domain, ["equipment_id"], ["__count"]
            )
        }

    @api.depends(
        "medical_cost_12m",
        "medical_downtime_hours",
        "medical_failures_12m",
        "medical_replacement_value",
        "medical_life_years",
        "medical_purchase_date",
    )
    def _compute_medical_advice(self):
        for asset, record in self._medical_records().items():
            advice = replace.advise(record)
            asset.medical_advice = advice.verdict
            asset.medical_advice_score = advice.score
            asset.medical_advice_reason = asset._medical_reason_text(advice)

    def _medical_records(self):
        """{asset: the figures of its last twelve months}."""
        today = fields.Date.context_today(self)
        records = {}
        for asset in self:
            start = asset.medical_purchase_date or asset.effective_date or today
            records[asset] = replace.Record(
                cost=Decimal(str(asset.medical_cost_12m)),
                value=Decimal(str(asset.medical_replacement_value or 0)),
                down_hours=Decimal(str(round(asset.medical_downtime_hours, 2))),
                age_years=Decimal((today - start).days) / Decimal("365.25"),
                life_years=asset.medical_life_years or 0,
                failures=asset.medical_failures_12m,
            )
        return records

    def _medical_reason_text(self, advice):
        """The reasons in words, such as "Repairs of 12 months: 62% of a new one"."""
        _ = self.env._
        words = {
            "cost": lambda f: _(
                "repairs in 12 months cost %(share)s%% of a new one",
                share=round(f * 100),
            ),
            "down": lambda f: _("hours out of service: %(hours)s", hours=round(f)),
            "age": lambda f: _(
                "%(share)s%% of its expected life has passed", share=round(f * 100)
            ),
            "failures": lambda f: _("failures in 12 months: %(count)s", count=round(f)),
        }
        return ", ".join(words[code](figure) for code, figure in advice.reasons)

    @api.model
    def _search_medical_advice(self, operator, value):
        """Assets by advice; only those with some history can be anything but "keep"."""
        if operator != "in":
            return NotImplemented
        chosen = self._medical_advised()
        found = chosen.filtered(lambda asset: asset.medical_advice in value)
        domain = fields.Domain("id", "in", found.ids)
        return (
            domain | ~fields.Domain("id", "in", chosen.ids)
            if "keep" in value
            else domain
        )

    @api.model
    def _medical_advised(self):
        """Assets that failed, stood still, cost or are near their end: the candidates."""
        today = fields.Date.context_today(self)
        since = datetime.combine(self._medical_year_ago(), time.min)
        domain = fields.Domain.OR(
            [
                [("maintenance_ids.medical_reported_at", ">=", since)],
                [("medical_tagout_ids.date_out", ">=", since)],
                [("medical_is_out", "=", True)],
                [("medical_end_of_life", "<=", today + relativedelta(years=3))],
                [("maintenance_ids.medical_cost_ids.date", ">=", since.date())],
            ]
        )
        return self.search(domain)

    # --------------------------------------------------------------- the budget

    @api.model
    def _medical_replacements(self, company):
        """Hook for a budget: what should be replaced, worst first.

        :return: list of dicts: equipment, amount (replacement value, company currency),
            verdict, score, reason
        """
        assets = self._medical_advised().filtered(lambda a: a.company_id == company)
        records = {a.id: record for a, record in assets._medical_records().items()}
        return [
            {
                "equipment": self.browse(asset_id),
                "amount": self.browse(asset_id).medical_replacement_value,
                "verdict": advice.verdict,
                "score": advice.score,
                "reason": self.browse(asset_id)._medical_reason_text(advice),
            }
            for asset_id, advice in replace.ranked(records)
        ]

    def action_medical_open_requests(self):
        """Open the requests of these assets."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.facility_request_action"
        )
        return {
            **action,
            "domain": [("equipment_id", "in", self.ids)],
            "context": {"default_equipment_id": self[:1].id},
        }

    def action_medical_open_plans(self):
        """Open the preventive plans of these assets."""
        self._check_caller("core_group_staff", "core_group_auditor")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.facility_maintenance_plan_action"
        )
        return {
            **action,
            "domain": [("equipment_id", "in", self.ids)],
            "context": {"default_equipment_id": self[:1].id},
        }


class StockLocation(models.Model):
    _inherit = "stock.location"

    medical_open_requests = fields.Integer(
        "Open requests", compute="_compute_medical_open_requests", compute_sudo=True
    )

    def _compute_medical_open_requests(self):
        counted = dict(
            self.env["maintenance.request"]._read_group(
                [*OPEN, ("medical_room_id", "in", self.ids)],
                ["medical_room_id"],
                ["__count"],
            )
        )
        for room in self:
            room.medical_open_requests = counted.get(room._origin, 0)

    def action_medical_open_requests(self):
        """Open the requests of this room."""
        self.ensure_one()
        self._check_caller("core_group_staff", "core_group_auditor")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.facility_request_action"
        )
        return {
            **action,
            "domain": [("medical_room_id", "=", self.id)],
            "context": {"default_medical_room_id": self.id, "search_default_open": 1},
        }
