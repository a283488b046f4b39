"""Which site of the practice a work location of people is."""

from odoo import fields, models


class HrWorkLocation(models.Model):
    _inherit = "hr.work.location"

    address_id = fields.Many2one(default=lambda self: self.env.company.partner_id)
    medical_site_id = fields.Many2one(
        "stock.warehouse",
        string="Site",
        domain=[("medical_is_site", "=", True)],
        check_company=True,
        index="btree_not_null",
        help="An audit of a site counts the people who work there.",
    )
