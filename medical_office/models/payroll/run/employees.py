"""The wizard "Generate Payslips" hands its people to the engine."""

from odoo import models
from odoo.exceptions import UserError


class HrPayslipEmployees(models.TransientModel):
    """OCA makes one slip after the other; the run makes all of them at once."""

    _inherit = "hr.payslip.employees"

    def compute_sheet(self):
        """Generate and compute slips for the chosen people who have none yet."""
        run = self.env["hr.payslip.run"].browse(self.env.context.get("active_id"))
        if (
            not run.exists()
            or self.env.context.get("active_model", run._name) != run._name
        ):
            raise UserError(
                self.env._("Open a pay run first, then create its payslips.")
            )
        run._check_preparer()
        if self.env.context.get("medical_slip_by_slip"):
            return super().compute_sheet()  # for comparison: bench and tests
        if not self.employee_ids:
            raise UserError(
                self.env._("Choose at least one employee to create payslips for.")
            )
        slips = run._medical_generate(self.employee_ids)
        run._medical_compute(slips)
        return {"type": "ir.actions.act_window_close"}
