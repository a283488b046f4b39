"""Which check stands behind an item of a checklist."""

from odoo import fields, models


class CoreChecklistItem(models.Model):
    _inherit = "medical.core.checklist.item"

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
        help="How far back the evidence goes.",
    )

    _evidence_days_positive = models.Constraint(
        "CHECK (evidence_days > 0)", "The evidence period must be at least one day."
    )
