"""How many people of a state a breach concerns; a number, never a name."""

from odoo import fields, models


class ComplianceBreachPeople(models.Model):
    """States have clocks and thresholds of their own."""

    _name = "medical.compliance.breach.people"
    _description = "People Affected by a Breach"
    _inherit = ["medical.core.guard"]
    _order = "breach_id, state_id"
    _rec_name = "state_id"

    _locked_by = ("breach_id",)
    _born_fields = frozenset({"breach_id"})

    breach_id = fields.Many2one(
        "medical.compliance.breach", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="breach_id.company_id", store=True)
    state_id = fields.Many2one(
        "res.country.state",
        "State they live in",
        domain="[('country_id.code', '=', 'US')]",
        help="Empty: not known.",
    )
    people = fields.Integer(required=True, aggregator="sum")

    _once = models.UniqueIndex(
        "(breach_id, coalesce(state_id, 0))", "This state is entered already."
    )
    _positive = models.Constraint(
        "CHECK (people > 0)", "Enter how many people live there, from 1 up."
    )
