"""What the practice looks for by itself: late work, repeated faults, ending papers."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from ..core.core_check import CheckResult, CheckRow
from .account_move import BILLS
from .maintenance_request import OPEN

SEVERITY = {"0": "low", "1": "medium", "2": "high", "3": "critical"}
REPEATED_DAYS = 90
REPEATED = 3
ENDING_DAYS = 30
URGENT = ("2", "3")


class MaintenanceRequest(models.Model):
    _inherit = "maintenance.request"

    @api.model
    def _medical_check_late(self):
        """Open requests past their service level."""
        late = self.search([*OPEN, ("medical_due", "<", fields.Datetime.now())])
        rows = [
            CheckRow(
                "maintenance.request",
                request.id,
                self.env._(
                    "“%(request)s” is open for %(age)s, past its service level",
                    request=request.name,
                    age=request._medical_age_text(),
                ),
                severity=SEVERITY.get(request.priority or "0"),
                user_id=request._medical_answerable().id,
                backup_id=request.medical_backup_id.id,
                date_due=request.medical_due,
                company_id=request.company_id.id,
                department_id=request.medical_department_id.id,
            )
            for request in late
        ]
        return CheckResult(self.search_count(OPEN), rows)

    def _medical_age_text(self):
        """ "5 hours" or "3 days"."""
        days = self.medical_age_days
        if days < 2:
            return self.env._("%s hours", round(days * 24))
        return self.env._("%s days", int(days))

    def _medical_answerable(self):
        """Who has to act: the technician, else who manages the room or its site."""
        self.ensure_one()
        room = self.medical_room_id
        return (
            self.user_id
            or room.medical_manager_id
            or self.medical_site_id.medical_manager_id
        )


class MaintenanceEquipment(models.Model):
    _inherit = "maintenance.equipment"

    @api.model
    def _medical_check_critical_down(self):
        """Critical assets out of service, or with an urgent request that is open."""
        critical = fields.Domain("medical_is_critical", "=", True)
        urgent = self.env["maintenance.request"].search(
            [
                *OPEN,
                ("priority", "in", URGENT),
                ("maintenance_type", "=", "corrective"),
                ("equipment_id.medical_is_critical", "=", True),
            ],
            order="priority desc, id",
        )
        first = {}
        for request in urgent:
            first.setdefault(request.equipment_id, request)
        out = self.search(critical & fields.Domain("medical_is_out", "=", True))
        rows = []
        for asset in out | urgent.equipment_id:
            request = first.get(asset)
            summary = (
                self.env._(
                    "%(asset)s is down: “%(request)s”",
                    asset=asset.name,
                    request=request.name,
                )
                if request
                else self.env._(
                    "%(asset)s is out of service, with no open repair", asset=asset.name
                )
            )
            rows.append(asset._medical_asset_row(summary, request))
        return CheckResult(self.search_count(critical), rows)

    @api.model
    def _medical_check_repeated(self):
        """Assets with three or more corrective requests within 90 days."""
        since = fields.Date.context_today(self) - timedelta(days=REPEATED_DAYS)
        counted = self.env["maintenance.request"]._read_group(
            [
                ("maintenance_type", "=", "corrective"),
                ("archive", "=", False),
                ("request_date", ">=", since),
                ("equipment_id", "!=", False),
            ],
            ["equipment_id"],
            ["__count"],
            having=[("__count", ">=", REPEATED)],
        )
        rows = [
            asset._medical_asset_row(
                self.env._(
                    "%(asset)s failed %(count)s times in %(days)s days: repair it for "
                    "good or replace it",
                    asset=asset.name,
                    count=count,
                    days=REPEATED_DAYS,
                ),
                money_at_risk=asset.medical_replacement_value,
            )
            for asset, count in counted
        ]
        return CheckResult(self.search_count([]), rows)

    def _medical_asset_row(self, summary, request=None, **values):
        room = self.location_id
        keeper = room.medical_manager_id or room.warehouse_id.medical_manager_id
        return CheckRow(
            self._name,
            self.id,
            summary,
            **{
                "user_id": (request and request._medical_answerable().id) or keeper.id,
                "backup_id": request.medical_backup_id.id if request else False,
                "date_due": request.medical_due if request else None,
                "company_id": self.company_id.id,
                "department_id": room.medical_department_id.id,
                **values,
            },
        )


class FacilityVendorApproval(models.Model):
    _inherit = "medical.facility.vendor.approval"

    @api.model
    def _medical_check_insurance(self):
        """Approvals whose insurance or licence has ended or ends within 30 days."""
        today = fields.Date.context_today(self)
        soon = today + timedelta(days=ENDING_DAYS)
        rows = []
        for approval in self.search([]):
            ends = {
                self.env._("certificate of insurance"): approval.insurance_until,
                self.env._("licence"): approval.licence_until,
            }
            for what, day in ends.items():
                if day and day <= soon:
                    rows.append(approval._medical_ending_row(what, day, today))
        return CheckResult(self.search_count([]), rows)

    def _medical_ending_row(self, what, day, today):
        text = (
            self.env._("The %(what)s of %(vendor)s ends on %(day)s")
            if day >= today
            else self.env._(
                "The %(what)s of %(vendor)s ended on %(day)s: no work may be given"
            )
        )
        return CheckRow(
            self._name,
            self.id,
            text
            % {
                "what": what,
                "vendor": self.partner_id.display_name,
                "day": format_date(self.env, day),
            },
            severity="high" if day < today else "medium",
            user_id=self.user_id.id,
            date_due=day,
            company_id=self.company_id.id,
            key=what,
        )


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model
    def _medical_check_covered(self):
        """Unpaid repair bills for assets that were under warranty or contract."""
        bills = self.search(
            [
                ("move_type", "in", BILLS),
                ("state", "in", ("draft", "posted")),
                ("payment_state", "not in", ("paid", "in_payment", "reversed")),
                ("line_ids.medical_request_id", "!=", False),
            ]
        )
        rows = [
            CheckRow(
                self._name,
                move.id,
                self.env._(
                    "Do not pay %(bill)s of %(vendor)s yet: %(cover)s",
                    bill=move.name
                    if move.name not in (False, "/")
                    else self.env._("the draft"),
                    vendor=move.partner_id.display_name or "?",
                    cover=next(iter(covered.values())),
                ),
                money_at_risk=abs(
                    sum(
                        line.balance
                        for line in move.line_ids
                        if line.medical_request_id in covered
                    )
                ),
                user_id=move.invoice_user_id.id,
                date_due=move.invoice_date_due or None,
                company_id=move.company_id.id,
            )
            for move, covered in bills._medical_covered().items()
        ]
        return CheckResult(len(bills), rows)


class FacilityPlan(models.Model):
    _inherit = "medical.facility.plan"

    @api.model
    def _medical_check_stopped(self):
        """Plans whose next round could not be planned, with the cause."""
        stopped = self.search([("problem", "!=", False)])
        rows = [
            CheckRow(
                self._name,
                plan.id,
                self.env._(
                    "“%(plan)s” has stopped: %(cause)s",
                    plan=plan.name,
                    cause=plan.problem,
                ),
                user_id=plan.owner_id.id,
                backup_id=plan.backup_id.id,
                company_id=plan.company_id.id,
                department_id=plan.equipment_id.location_id.medical_department_id.id,
            )
            for plan in stopped
        ]
        return CheckResult(self.search_count([]), rows)

    @api.model
    def _medical_check_overdue(self):
        """Plans whose due day or counter has passed without signed work."""
        today = fields.Date.context_today(self)
        plans = self.search([])
        rows = []
        for plan in plans:
            over = plan.counter_now - plan.counter_done - plan.counter_every
            if plan.date_next and plan.date_next < today:
                summary = self.env._(
                    "“%(plan)s” is due since %(day)s",
                    plan=plan.name,
                    day=format_date(self.env, plan.date_next),
                )
            elif plan.basis == "counter" and over > 0:
                summary = self.env._(
                    "“%(plan)s” is due: %(over)s %(unit)s over",
                    plan=plan.name,
                    over=f"{over:g}",
                    unit=plan.counter_unit or "",
                )
            else:
                continue
            rows.append(
                CheckRow(
                    self._name,
                    plan.id,
                    summary,
                    user_id=plan.owner_id.id,
                    backup_id=plan.backup_id.id,
                    date_due=plan.date_next or None,
                    company_id=plan.company_id.id,
                    department_id=(
                        plan.equipment_id.location_id.medical_department_id.id
                    ),
                )
            )
        return CheckResult(len(plans), rows)
