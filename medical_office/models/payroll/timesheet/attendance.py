"""The clock tells the timesheets: each check-in and check-out is in them at once."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from ...core.check.answerable import finding
from ...core.check.check import CheckResult
from .clock import LONGEST

CLOCK = frozenset({"employee_id", "check_in", "check_out"})


class HrAttendance(models.Model):
    _inherit = "hr.attendance"

    @api.model_create_multi
    def create(self, vals_list):
        attendances = super().create(vals_list)
        attendances._medical_days()._fill()
        return attendances

    def write(self, vals):
        if CLOCK.isdisjoint(vals):
            return super().write(vals)
        before = self._medical_days()
        result = super().write(vals)
        (before | self._medical_days())._fill()
        return result

    def unlink(self):
        sheets = self._medical_days()
        result = super().unlink()
        sheets._fill()
        return result

    def _medical_days(self):
        """Draft timesheets that hold days of these attendances."""
        # sudo: who clocks in may not see every timesheet that follows
        sheets = self.env["medical.payroll.timesheet"].sudo()
        moments = [*self.mapped("check_in"), *filter(None, self.mapped("check_out"))]
        if not moments:
            return sheets
        return sheets.search(
            [
                ("employee_id", "in", self.employee_id.ids),
                ("state", "=", "draft"),
                ("date_start", "<=", max(moments).date() + timedelta(days=1)),
                ("date_end", ">=", min(moments).date() - timedelta(days=1)),
            ]
        )

    def _medical_open_action(self, finding=None):
        """A missing check-out is dealt with on the timesheet; it is made where there is
        none and the hours count."""
        self.ensure_one()
        sheets = self.env["medical.payroll.timesheet"]
        # sudo: which timesheet it is; the user opens it with the own rights
        own = self.sudo()
        person, day = own.employee_id, own.date
        sheet = sheets._in_force(person, day, day).get(person)
        version = person.current_version_id
        if not sheet and version.medical_schedule_id and version._pay_has_overtime():
            schedule = version.medical_schedule_id
            sheet = sheets._ensure(person, schedule, schedule._period_on(day))[:1]
        return sheet._opened() if sheet else self.get_formview_action()

    @api.model
    def _medical_check_open(self):
        """Attendances that begin so long ago that the check-out was forgotten.

        They belong to the head of the department, who corrects the timesheet with the
        person; a day whose hours are typed is dealt with.
        """
        before = fields.Datetime.now() - LONGEST
        found = self.search([("check_out", "=", False), ("check_in", "<", before)])
        first = min(found.mapped("date"), default=before.date())
        lines = self.env["medical.payroll.timesheet.line"].search(
            [
                ("employee_id", "in", found.employee_id.ids),
                ("date", ">=", first - timedelta(days=1)),
                ("open_count", ">", 0),
                ("timesheet_id.state", "!=", "replaced"),
            ]
        )
        by_person = lines.grouped("employee_id")
        rows = []
        for one in found:
            own = by_person.get(one.employee_id, lines.browse())
            day = one.date
            near = own.filtered(lambda line, day=day: abs((line.date - day).days) <= 1)
            if near and not near.filtered(
                lambda line: not line.is_typed and line.timesheet_id.state == "draft"
            ):
                continue
            sheet = near[:1].timesheet_id
            answers = sheet._medical_answerable()._asdict() if sheet else None
            rows.append(
                finding(
                    sheet or one,
                    self.env._(
                        "%(who)s checked in on %(day)s and never checked out.",
                        who=one.employee_id.name,
                        day=format_date(self.env, day),
                    ),
                    key=str(one.id),
                    date_due=day + timedelta(days=2),
                    **(answers or self._medical_head(one)),
                )
            )
        rows = self.env["res.company"]._medical_for_preparers(rows)
        return CheckResult(len(found), rows)

    @api.model
    def _medical_head(self, attendance):
        """Who answers for an attendance without a timesheet."""
        person = attendance.employee_id
        return {
            "user_id": person.department_id.manager_id.user_id.id,
            "backup_id": False,
            "department_id": person.department_id.id,
            "company_id": person.company_id.id,
        }
