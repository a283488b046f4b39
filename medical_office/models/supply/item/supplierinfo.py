"""A vendor's terms: the contract price beside the price, and the pack as a number."""

from odoo import api, fields, models


class ProductSupplierinfo(models.Model):
    _inherit = "product.supplierinfo"

    medical_contract_price = fields.Monetary(
        string="Contract Price",
        currency_field="currency_id",
        help="Agreed price of one vendor unit (the pack). 0: no contract.",
        aggregator=None,
    )
    medical_contract_until = fields.Date(string="Contract Until")
    medical_pack = fields.Float(
        string="Pack Size",
        compute="_compute_medical_pack",
        digits="Product Unit",
        help="How many of the item's own units are in one vendor unit.",
    )
    medical_over_contract = fields.Boolean(
        string="Above Contract",
        compute="_compute_medical_over_contract",
        help="The current price is above the contract price.",
    )

    _medical_contract_positive = models.Constraint(
        "check (medical_contract_price >= 0)", "A contract price cannot be negative."
    )

    @api.depends("product_uom_id.factor", "product_tmpl_id.uom_id.factor")
    def _compute_medical_pack(self):
        for terms in self:
            unit = terms.product_tmpl_id.uom_id.factor
            terms.medical_pack = (terms.product_uom_id.factor or unit) / (unit or 1)

    @api.depends("price", "medical_contract_price", "medical_contract_until")
    def _compute_medical_over_contract(self):
        today = fields.Date.context_today(self)
        for terms in self:
            agreed = terms.medical_contract_price
            holds = (
                not terms.medical_contract_until
                or terms.medical_contract_until >= today
            )
            terms.medical_over_contract = bool(
                agreed and holds and terms.price > agreed
            )
