"""What timesheets tell the register: late, without a check-out, without hours."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.misc import format_date

from ...core.check.answerable import finding
from ...core.check.check import CheckResult
from .timesheet import APPROVAL_DAYS


class PayrollTimesheet(models.Model):
    _inherit = "medical.payroll.timesheet"

    @api.model
    def _medical_check_late(self):
        """Timesheets of periods gone by that nobody submitted, or nobody approved.

        Who submits has until the day after the period, who approves a day more: the pay
        run comes soon after. One without any hours is the other check's.
        """
        today = fields.Date.context_today(self)
        sheets = self._medical_unpaid(today)
        rows = []
        for sheet in sheets:
            due = sheet.date_end + timedelta(
                days=APPROVAL_DAYS - (sheet.state == "draft")
            )
            if due >= today or not sheet._medical_has_hours():
                continue
            text = (
                self.env._("%s are not submitted yet.")
                if sheet.state == "draft"
                else self.env._("%s are not approved yet.")
            )
            rows.append(
                finding(
                    sheet,
                    text % sheet.display_name,
                    severity="high" if today - due > timedelta(days=2) else "medium",
                    date_due=due,
                )
            )
        rows = self.env["res.company"]._medical_for_preparers(rows)
        return CheckResult(len(sheets), rows)

    @api.model
    def _medical_check_no_hours(self):
        """Hourly people without hours in a period gone by: they would be paid nothing."""
        today = fields.Date.context_today(self)
        sheets = self._medical_unpaid(today)
        away = self.env["hr.leave"].search(
            [
                ("employee_id", "in", sheets.employee_id.ids),
                ("state", "in", ["confirm", "validate1", "validate"]),
                (
                    "request_date_to",
                    ">=",
                    min(sheets.mapped("date_start"), default=today),
                ),
            ]
        )
        gone = {
            (leave.employee_id, sheet)
            for leave in away
            for sheet in sheets
            if leave.employee_id == sheet.employee_id
            and leave.request_date_from <= sheet.date_end
            and leave.request_date_to >= sheet.date_start
        }
        rows = [
            finding(
                sheet,
                self.env._(
                    "%(who)s is paid by the hour and has no hours from %(start)s to "
                    "%(end)s.",
                    who=sheet.employee_id.name,
                    start=format_date(self.env, sheet.date_start),
                    end=format_date(self.env, sheet.date_end),
                ),
                date_due=sheet.date_end + timedelta(days=APPROVAL_DAYS),
            )
            for sheet in sheets
            if sheet.state == "draft"
            and not sheet._medical_has_hours()
            and (sheet.employee_id, sheet) not in gone
        ]
        rows = self.env["res.company"]._medical_for_preparers(rows)
        return CheckResult(len(sheets), rows)

    @api.model
    def _medical_unpaid(self, today):
        """Timesheets of periods that are over and wait for somebody."""
        return self.search(
            [("state", "in", ["draft", "submitted"]), ("date_end", "<", today)]
        )

    def _medical_has_hours(self):
        """Whether anybody, or the clock, says that something was worked."""
        self.ensure_one()
        return bool(self.hours or self.open_count or self.typed_count)
