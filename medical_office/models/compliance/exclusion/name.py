"""Other names of a screened party: maiden and former names, trade names."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....tools.compliance.letters import fold


class ComplianceExclusionName(models.Model):
    """A further name under which a party is screened."""

    _name = "medical.compliance.exclusion.name"
    _description = "Other Name of a Screened Party"
    _inherit = ["medical.core.guard"]
    _order = "party_id, id"

    party_id = fields.Many2one(
        "medical.compliance.exclusion.party",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="party_id.company_id", store=True)
    name = fields.Char(required=True, help="“Garcia Lopez, Maria” or “Maria Garcia”.")
    kind = fields.Selection(
        [
            ("former", "Former name"),
            ("other", "Also known as"),
            ("trade", "Trade name"),
        ],
        required=True,
        default="former",
    )

    @api.constrains("name")
    def _check_name(self):
        for other in self:
            if not fold(other.name or ""):
                raise ValidationError(
                    self.env._(
                        "“%s” has no letter of the Latin alphabet. Write the name as in "
                        "the passport's machine-readable lines.",
                        other.name,
                    )
                )
