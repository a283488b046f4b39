"""The ranking as it stood when a hiring decision was requested."""

from odoo import fields, models


class PeopleHiringRank(models.Model):
    _name = "medical.people.hiring.rank"
    _description = "Rank in a Hiring Decision"
    _inherit = ["medical.core.guard"]
    _order = "hiring_id, mean desc, id"
    _rec_name = "candidate_name"

    _deletable_in = frozenset()

    hiring_id = fields.Many2one(
        "medical.people.hiring",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="hiring_id.company_id", store=True)
    applicant_id = fields.Many2one(
        "hr.applicant", readonly=True, index=True, ondelete="set null"
    )
    candidate_name = fields.Char("Candidate", readonly=True)
    rank = fields.Integer(readonly=True, aggregator=None, help="0: out, or not rated.")
    mean = fields.Float(readonly=True, digits=(4, 2), aggregator=None)
    spread = fields.Float(
        readonly=True,
        digits=(4, 2),
        aggregator=None,
        help="Highest less lowest scorecard.",
    )
    cards = fields.Integer("Scorecards", readonly=True, aggregator=None)
    knocked_out = fields.Char("Out Because of", readonly=True)
