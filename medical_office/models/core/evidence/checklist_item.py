"""What an item of a checklist is worth, and which check stands behind it."""

from odoo import fields, models


class CoreChecklistItem(models.Model):
    _inherit = "medical.core.checklist.item"

    weight = fields.Float(
        default=1.0,
        aggregator=None,
        help="How much the item counts in the score of the round.",
    )
    na_needs_note = fields.Boolean(
        "Reason if not applicable",
        help="“Not applicable” is accepted with a note that says why.",
    )
    evidence_check_id = fields.Many2one(
        "medical.core.check",
        "Evidence from",
        ondelete="restrict",
        help="The check whose result over the period is shown to the auditor.",
    )
    evidence_days = fields.Integer(
        "Period in days",
        default=365,
        aggregator=None,
        help="How far back the evidence looks.",
    )

    _weight_positive = models.Constraint(
        "CHECK (weight >= 0)", "A weight is not negative. 0: it does not count."
    )
    _evidence_days_positive = models.Constraint(
        "CHECK (evidence_days > 0)", "The period of the evidence is at least a day."
    )
