"""To whom the monthly pack goes."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    medical_pack_partner_ids = fields.Many2many(
        "res.partner",
        "medical_finance_pack_partner_rel",
        string="Pack Recipients",
        help="Director, owners, investors: each new pack is addressed to them. Who has a "
        "portal login sees the packs sent to them, and nothing else.",
    )
