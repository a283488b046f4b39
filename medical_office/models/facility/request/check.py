"""What the practice looks for by itself: late work, repeated faults, ending papers."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from ...core.check.answerable import Answerable, answerable, finding
from ...core.check.check import CheckResult
from ...core.mixins.open_action import form_action
from .bill import BILLS
from .request import OPEN

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
            finding(
                request,
                self.env._(
                    "“%(request)s” has been open for %(age)s, past its service level",
                    request=request.name,
                    age=request._medical_age_text(),
                ),
                severity=SEVERITY.get(request.priority or "0"),
                date_due=request.medical_due,
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

    def _medical_open_action(self, finding=None):
        """Our form has the repair's steps: start, wait, done, close."""
        return form_action(self, "facility_request_view_form")

    def _medical_answerable(self):
        """Who has to act: the technician, else who manages the room or its site."""
        self.ensure_one()
        place = answerable(self.medical_room_id)
        return Answerable(
            user_id=self.user_id.id or place.user_id,
            backup_id=self.medical_backup_id.id or place.backup_id,
            department_id=self.medical_department_id.id,
            company_id=self.company_id.id,
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
                    "%(asset)s failed %(count)s times in %(days)s days: fix the root "
                    "cause or replace it",
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
        """A finding about this asset; whoever repairs it answers for it.

        :param request: the open request about it, if there is one
        """
        if request:
            who = answerable(request)
            values |= {
                "user_id": who.user_id or answerable(self).user_id,
                "backup_id": who.backup_id,
                "date_due": request.medical_due,
            }
        return finding(self, summary, **values)


class FacilityVendorApproval(models.Model):
    _inherit = "medical.facility.vendor.approval"

    @api.model
    def _medical_check_insurance(self):
        """Approvals whose insurance or license has ended or ends within 30 days."""
        today = fields.Date.context_today(self)
        soon = today + timedelta(days=ENDING_DAYS)
        rows = []
        for approval in self.search([]):
            ends = {
                self.env._("certificate of insurance"): approval.insurance_until,
                self.env._("license"): approval.license_until,
            }
            for what, day in ends.items():
                if day and day <= soon:
                    rows.append(approval._medical_ending_row(what, day, today))
        return CheckResult(self.search_count([]), rows)

    def _medical_ending_row(self, what, day, today):
        text = (
            self.env._("The %(what)s of %(vendor)s expires on %(day)s")
            if day >= today
            else self.env._(
                "The %(what)s of %(vendor)s expired on %(day)s: do not assign work"
            )
        )
        return finding(
            self,
            text
            % {
                "what": what,
                "vendor": self.partner_id.display_name,
                "day": format_date(self.env, day),
            },
            severity="high" if day < today else "medium",
            user_id=self.user_id.id,
            date_due=day,
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
            finding(
                move,
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
            )
            for move, covered in bills._medical_covered().items()
        ]
        return CheckResult(len(bills), rows)
