"""Who looked at a masked number, when."""

from odoo import api, fields, models


class PayrollUnmask(models.Model):
    """A trace that nobody edits."""

    _name = "medical.payroll.unmask"
    _description = "Shown Number"
    _inherit = ["medical.core.guard"]
    _order = "id desc"

    user_id = fields.Many2one("res.users", required=True, readonly=True)
    employee_id = fields.Many2one(
        "hr.employee", required=True, readonly=True, index=True
    )
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True, precompute=True
    )
    what = fields.Selection(
        [("ssn", "Social Security number"), ("account", "Account number")],
        required=True,
        readonly=True,
    )
    detail = fields.Char(readonly=True)

    @api.model
    def _log(self, employees, what, detail):
        """One row a person whose number is shown, together."""
        # sudo: nobody has the right to write this trace but the act of looking itself
        self.sudo()._pen().create(
            [
                {
                    "user_id": self.env.uid,
                    "employee_id": employee.id,
                    "what": what,
                    "detail": detail or "",
                }
                for employee in employees
            ]
        )
