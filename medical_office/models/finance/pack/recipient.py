"""Who gets a pack, when it was sent, read and acknowledged."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class FinancePackRecipient(models.Model):
    """One reader of one pack."""

    _name = "medical.finance.pack.recipient"
    _description = "Pack Recipient"
    _inherit = ["medical.core.guard"]
    _order = "pack_id desc, id"
    _rec_name = "partner_id"
    _locked_by = ("pack_id",)
    _born_fields = frozenset({"pack_id", "partner_id"})

    pack_id = fields.Many2one(
        "medical.finance.pack", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="pack_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", "Reader", required=True, index=True, ondelete="restrict"
    )
    email = fields.Char(related="partner_id.email")
    sent_at = fields.Datetime("Sent", readonly=True)
    view_count = fields.Integer("Times Opened", readonly=True, aggregator="sum")
    viewed_at = fields.Datetime("Last Opened", readonly=True)
    acknowledged_at = fields.Datetime("Acknowledged", readonly=True)

    _once = models.UniqueIndex(
        "(pack_id, partner_id)", "This reader is among the recipients already."
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        sent = self.filtered("sent_at")[:1]
        if sent:
            raise UserError(
                self.env._(
                    "The pack was sent to %s: that stays on record.",
                    sent.partner_id.name,
                )
            )
