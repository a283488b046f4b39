"""A run locks the timesheets it pays, and takes the lock off when it goes back."""

from odoo import SUPERUSER_ID, models

from .preflight_hours import NO_TIME


class HrPayslipRun(models.Model):
    _inherit = "hr.payslip.run"

    def _lock_sheets(self):
        """What is approved and was worked until the end of the run is paid by it: the
        period's timesheets, and corrections of earlier ones."""
        self.ensure_one()
        if self.medical_kind in NO_TIME:
            return
        # sudo: the program locks what the run pays, whoever may see the timesheets
        own = self.sudo()
        paid = own.env["medical.payroll.timesheet"].search(
            [
                ("employee_id", "in", own.slip_ids.employee_id.ids),
                ("state", "=", "approved"),
                ("date_end", "<=", self.date_end),
            ]
        )
        paid._program_step("locked")
        paid._pen().run_id = self.id

    def _unlock_sheets(self):
        """A run that goes back to draft pays nothing yet."""
        # by the system itself: whoever sends the run back approves no hours by it, and
        # may be one of those whose hours they are
        sheets = self.env["medical.payroll.timesheet"].with_user(SUPERUSER_ID)
        sheets.search(
            [("run_id", "in", self.ids), ("state", "=", "locked")]
        )._program_step("approved")
