"""Days on which somebody could not work, or not as usual."""

from odoo import fields, models


class ComplianceOshaSpan(models.Model):
    """From a day to a day; the log is kept up to date for five years (1904.33(b))."""

    _name = "medical.compliance.osha.span"
    _description = "Days Away or Restricted"
    _inherit = ["medical.core.guard"]
    _order = "case_id, date_from, id"
    _rec_name = "kind"

    _born_fields = frozenset({"case_id"})

    case_id = fields.Many2one(
        "medical.compliance.osha.case", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="case_id.company_id", store=True)
    kind = fields.Selection(
        [("away", "Away from work"), ("restricted", "Restricted or transferred")],
        "Type",
        required=True,
        default="away",
    )
    date_from = fields.Date("From", required=True)
    date_to = fields.Date("Until", help="Empty: it goes on.")

    _dates = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "These days end before they begin: correct “Until”.",
    )
