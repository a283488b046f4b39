"""Evidence of an audit: what a measure counted, beside core's checks and files."""

from odoo import api, fields, models


class CoreEvidence(models.Model):
    _inherit = "medical.core.evidence"

    kind = fields.Selection(
        selection_add=[("measure", "Measure")], ondelete={"measure": "cascade"}
    )
    measure_id = fields.Many2one(
        "medical.compliance.measure", readonly=True, ondelete="restrict"
    )
    standing = fields.Char("In order", compute="_compute_standing")

    @api.depends("kind", "looked_at", "found")
    def _compute_standing(self):
        """Such as “50 of 52”."""
        for evidence in self:
            evidence.standing = evidence.kind != "file" and self.env._(
                "%(good)s of %(all)s",
                good=evidence.looked_at - evidence.found,
                all=evidence.looked_at,
            )
