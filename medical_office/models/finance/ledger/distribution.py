"""Indexes from which the views find each distinct distribution of a table once."""

from odoo import models

BY_DISTRIBUTION = (
    "((jsonb_hash_extended(analytic_distribution, 0)))"
    " WHERE analytic_distribution IS NOT NULL"
)


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    _medical_distribution = models.Index(BY_DISTRIBUTION)


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    _medical_distribution = models.Index(BY_DISTRIBUTION)
