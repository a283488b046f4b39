"""Which departments bear the cost of a person's pay."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class PayrollSplit(models.Model):
    """A department's percent of a person's pay, dated by the version."""

    _name = "medical.payroll.split"
    _description = "Department Share"
    _inherit = ["medical.core.guard"]
    _order = "version_id, sequence, id"

    version_id = fields.Many2one(
        "hr.version", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="version_id.company_id", store=True, index=True, precompute=True
    )
    sequence = fields.Integer(default=10)
    department_id = fields.Many2one("hr.department", required=True)
    percent = fields.Float(required=True, digits=(6, 2))

    _range = models.Constraint(
        "CHECK (percent > 0 AND percent <= 100)",
        "A department's share must be above 0 and at most 100 percent.",
    )

    @api.constrains("percent", "version_id")
    def _check_whole(self):
        for version in self.version_id:
            total = sum(version.medical_split_ids.mapped("percent"))
            if abs(total - 100) > 0.004:
                raise ValidationError(
                    self.env._(
                        "%(who)s: the departments' shares add up to %(total)s "
                        "percent; they must total 100.",
                        who=version.employee_id.name,
                        total=round(total, 2),
                    )
                )
