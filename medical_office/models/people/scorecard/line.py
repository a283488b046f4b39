"""One question of a scorecard, as it was asked, with the rating."""

from odoo import fields, models

RATINGS = [(str(rating), str(rating)) for rating in range(1, 6)]


class PeopleScorecardLine(models.Model):
    _name = "medical.people.scorecard.line"
    _description = "Scorecard Line"
    _inherit = ["medical.core.guard"]
    _order = "scorecard_id, sequence, id"
    _rec_name = "question"

    _locked_by = ("scorecard_id",)
    _born_fields = frozenset({"scorecard_id"})
    _deletable_in = frozenset()

    scorecard_id = fields.Many2one(
        "medical.people.scorecard",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="scorecard_id.company_id", store=True)
    sequence = fields.Integer(readonly=True)
    question_id = fields.Many2one(
        "medical.people.interview.question", readonly=True, ondelete="restrict"
    )
    question = fields.Text("Question Asked", readonly=True)
    anchors = fields.Text("Yardstick", readonly=True)
    competency_id = fields.Many2one(
        "medical.people.competency", readonly=True, ondelete="restrict"
    )
    weight = fields.Float(readonly=True, default=1.0, aggregator=None)
    rating = fields.Selection(RATINGS)
    note = fields.Text(help="What the candidate said that supports the rating.")
