"""From approved proposals to purchase orders, one for each site and vendor."""

from odoo import models
from odoo.fields import Command


class SupplyProposal(models.Model):
    _inherit = "medical.supply.proposal"

    def _place_orders(self):
        """Order the approved lines; the orders are confirmed, so that receipts wait."""
        stores = {site: site._medical_store() for site in self.site_id}
        pars = {
            (par.product_id, par.location_id): par
            for par in self.env["stock.warehouse.orderpoint"].search(
                [
                    ("product_id", "in", self.product_id.ids),
                    ("location_id", "in", [store.id for store in stores.values()]),
                ]
            )
        }
        groups = self.grouped(
            lambda line: (line.company_id, line.site_id, line.partner_id)
        )
        orders = self.env["purchase.order"].create(
            [
                {
                    "company_id": company.id,
                    "partner_id": partner.id,
                    "currency_id": company.currency_id.id,
                    "picking_type_id": site.in_type_id.id,
                    "origin": self.env._("Order proposals"),
                    "user_id": self.env.uid,
                    "order_line": [
                        Command.create(line._line_values(stores[site], pars))
                        for line in lines
                    ],
                }
                for (company, site, partner), lines in groups.items()
            ]
        )
        for order, lines in zip(orders, groups.values(), strict=True):
            for line, bought in zip(lines, order.order_line, strict=True):
                line.purchase_line_id = bought
        # the limit was asked of the lines: the pen says so
        orders.button_confirm()
        self._program_step("ordered")
        return orders

    def _line_values(self, store, pars):
        self.ensure_one()
        par = pars.get((self.product_id, store))
        return {
            "product_id": self.product_id.id,
            "product_qty": self.packs,
            "product_uom_id": self.pack_id.id,
            "price_unit": self.price,
            "orderpoint_id": par.id if par else False,
            "location_final_id": store.id,
        }
