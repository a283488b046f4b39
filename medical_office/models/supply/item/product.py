"""The supply catalog: what an item is, how it is kept, what may stand in for it."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [
    ("office", "Office"),
    ("medical", "Medical"),
    ("vaccine", "Vaccine"),
    ("sample", "Medication sample"),
    ("controlled", "Controlled"),
    ("ppe", "Protective equipment"),
]
STORAGE = [
    ("room", "Room temperature"),
    ("refrigerator", "Refrigerator"),
    ("freezer", "Freezer"),
    ("ultracold", "Ultracold freezer"),
]
LATEX = [
    ("free", "Latex-free"),
    ("contains", "Contains latex"),
    ("unknown", "Not known"),
]


class ProductTemplate(models.Model):
    _inherit = "product.template"

    medical_kind = fields.Selection(
        KINDS,
        string="Item Type",
        index="btree_not_null",
        help="Empty: the product is not in the practice's supply catalog.",
    )
    medical_storage = fields.Selection(STORAGE, string="Storage", default="room")
    medical_latex = fields.Selection(LATEX, string="Latex", default="unknown")
    medical_hazardous = fields.Boolean(
        string="Hazardous",
        help=("Requires a safety data sheet and a separate waste stream."),
    )
    medical_is_preferred = fields.Boolean(
        string="Preferred",
        help="Among an item and its substitutes, the one to buy while available.",
    )
    medical_substitute_ids = fields.Many2many(
        "product.template",
        relation="medical_product_substitute",
        column1="product_tmpl_id",
        column2="substitute_tmpl_id",
        string="Substitutes",
        domain="[('medical_kind', '!=', False), ('id', '!=', id)]",
        help="Items that may be used instead, as the practice decides.",
    )

    medical_case_ids = fields.One2many(
        "product.uom",
        string="Cases and Their Barcodes",
        compute="_compute_medical_case_ids",
        inverse="_inverse_medical_case_ids",
        help="A case's own barcode, and how many it holds: scanned, it counts that many.",
    )

    @api.depends("product_variant_ids.product_uom_ids")
    def _compute_medical_case_ids(self):
        for item in self:
            # of an item with variants each has its own, on the variant's form
            only = len(item.product_variant_ids) == 1
            item.medical_case_ids = only and item.product_variant_ids.product_uom_ids

    def _inverse_medical_case_ids(self):
        for item in self:
            if len(item.product_variant_ids) == 1:
                item.product_variant_ids.product_uom_ids = item.medical_case_ids

    @api.constrains("medical_substitute_ids")
    def _check_substitutes(self):
        for item in self:
            if item in item.medical_substitute_ids:
                raise ValidationError(
                    self.env._(
                        "%(item)s cannot be its own substitute. Remove it from the list.",
                        item=item.display_name,
                    )
                )

    @api.constrains("medical_kind", "is_storable", "type")
    def _check_medical_stock(self):
        for item in self:
            if item.medical_kind and not (item.type == "consu" and item.is_storable):
                raise ValidationError(
                    self.env._(
                        "%(item)s is in the supply catalog, so its stock is tracked: "
                        "choose “Goods” and check “Track Inventory”.",
                        item=item.display_name,
                    )
                )
