"""The clock tells the timesheets: each check-in and check-out is in them at once."""

from datetime import timedelta

from odoo import api, models

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
        """A missing check-out is dealt with on the timesheet, where there is one."""
        self.ensure_one()
        sheets = self.env["medical.payroll.timesheet"]
        # sudo: which timesheet it is; the user opens it with the own rights
        own = self.sudo()
        day = own.check_in.date()
        found = sheets._in_force(own.employee_id, day, day)
        sheet = found.get(own.employee_id)
        return sheet._opened() if sheet else self.get_formview_action()
