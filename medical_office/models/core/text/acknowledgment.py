"""That a person has read a version of a text."""

from odoo import fields, models


class CoreAcknowledgment(models.Model):
    _name = "medical.core.acknowledgment"
    _description = "Acknowledgment"
    _inherit = ["medical.core.guard"]
    _order = "at desc, id desc"

    version_id = fields.Many2one(
        "medical.core.text.version",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    text_id = fields.Many2one(related="version_id.text_id", store=True, index=True)
    company_id = fields.Many2one(related="version_id.company_id", store=True)
    user_id = fields.Many2one("res.users", "Read by", required=True, readonly=True)
    at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    digest = fields.Char(
        readonly=True, help="SHA-256 hash of the text as it was shown to the reader."
    )

    _once = models.UniqueIndex(
        "(version_id, user_id)", "A person acknowledges a version only once."
    )
