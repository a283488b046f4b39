"""What may not be asked in an interview, with the rule and what to ask instead."""

from odoo import fields, models


class PeopleInterviewCaution(models.Model):
    _name = "medical.people.interview.caution"
    _description = "Question Not to Ask"
    _inherit = ["medical.core.shared", "medical.core.guard"]
    _order = "sequence, id"

    name = fields.Char("Topic", required=True, translate=True)
    avoid = fields.Text("Do Not Ask", required=True, translate=True)
    instead = fields.Text("Ask Instead", translate=True)
    citation = fields.Char(required=True)
    is_checked = fields.Boolean(
        "Citation Checked",
        help="Off: written down from memory and not yet compared with the rule's text.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
