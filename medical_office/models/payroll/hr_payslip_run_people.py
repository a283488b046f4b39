"""Who is paid by a run that is not the regular one: bonus, off-cycle, final pay."""

from odoo import fields, models
from odoo.exceptions import UserError

CHOSEN = ("bonus", "offcycle", "final")


class HrPayslipRun(models.Model):
    _inherit = "hr.payslip.run"

    medical_employee_ids = fields.Many2many(
        "hr.employee",
        "medical_payslip_run_employee_rel",
        string="Who is paid",
        check_company=True,
        help="Of a bonus, an off-cycle or a final pay.",
    )

    def _medical_generate(self, employees=None, commit=False):
        """A run that is not regular pays the chosen people alone."""
        if employees is None and self.medical_kind in CHOSEN:
            employees = self.medical_employee_ids
            if not employees:
                raise UserError(
                    self.env._("Choose who is paid by “%s”, then compute.", self.name)
                )
        return super()._medical_generate(employees, commit)
