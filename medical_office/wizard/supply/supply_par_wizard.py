"""Par levels of the rooms, proposed by room type from the starter catalog."""

import math

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

WEEKS = 2  # how long a room's par lasts, at the proposed use
STORE_WEEKS = 4
MOST = 2000


class SupplyParWizard(models.TransientModel):
    """Only what has no par level yet is proposed; the use a week is a starting point,
    which the par review replaces by what is really used."""

    _name = "medical.supply.par.wizard"
    _description = "Propose Par Levels"
    _inherit = ["medical.core.wizard"]

    site_id = fields.Many2one(
        "stock.warehouse",
        required=True,
        ondelete="cascade",
        domain="[('medical_is_site', '=', True)]",
        default=lambda self: self.env["stock.warehouse"]._medical_sites(
            self.env.company
        )[:1],
    )
    busy = fields.Float(
        "Compared with a Usual Room",
        default=1.0,
        required=True,
        help="1: as the starter catalog assumes. 2: twice as much of each item.",
    )
    line_ids = fields.One2many(
        "medical.supply.par.wizard.line",
        "wizard_id",
        "Par Levels",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.depends("site_id", "busy")
    def _compute_line_ids(self):
        for wizard in self:
            wizard.line_ids = [
                Command.clear(),
                *(Command.create(values) for values in wizard._proposals()),
            ]

    def _proposals(self):
        site, busy = self.site_id, max(self.busy, 0)
        if not site or not busy:
            return []
        shelves = self.env["medical.supply.catalog"]._shelves()
        products = {
            product.default_code: product
            for product in self.env["product.product"].search(
                [
                    ("default_code", "in", [code for _type, code, _week in shelves]),
                    ("company_id", "in", [False, site.company_id.id]),
                ]
            )
        }
        rooms = site.medical_room_ids.sorted("medical_sequence")
        store = site.medical_store_id
        known = {
            (par.location_id, par.product_id)
            for par in self.env["stock.warehouse.orderpoint"]
            .with_context(active_test=False)
            .search([("location_id", "in", rooms.ids)])
        }
        found, stored = [], {}
        for room in rooms - store:
            for room_type, code, week in shelves:
                product = products.get(code)
                if not product or room_type != room.medical_room_type:
                    continue
                stored[product] = stored.get(product, 0) + week * busy
                if (room, product) not in known:
                    found.append(self._line(room, product, week * busy, WEEKS))
        for product, week in stored.items() if store else ():
            if (store, product) not in known:
                found.append(self._line(store, product, week, STORE_WEEKS))
        return found[:MOST]

    @staticmethod
    def _line(room, product, week, weeks):
        low = math.ceil(week * weeks / 2) or 1
        return {
            "room_id": room.id,
            "product_id": product.id,
            "low": low,
            "high": max(math.ceil(week * weeks), low + 1),
        }

    def action_create_pars(self):
        """Make the par levels of the lines; they can be corrected in the grid.

        :raises UserError: no line
        """
        self.env["medical.core.guard"]._check_caller("core_group_manager")
        self.ensure_one()
        if not self.line_ids:
            raise UserError(
                self.env._(
                    "Nothing is proposed: import the starter catalog and add rooms "
                    "first, or enter the levels in the par grid."
                )
            )
        self.env["stock.warehouse.orderpoint"].create(
            [
                {
                    "location_id": line.room_id.id,
                    "product_id": line.product_id.id,
                    "company_id": self.site_id.company_id.id,
                    "product_min_qty": line.low,
                    "product_max_qty": line.high,
                    "medical_sequence": 10 * place,
                    "trigger": "manual",
                }
                for place, line in enumerate(self.line_ids, 1)
            ]
        )
        return self.site_id.action_medical_par_grid()


class SupplyParWizardLine(models.TransientModel):
    _name = "medical.supply.par.wizard.line"
    _description = "Proposed Par Level"
    _inherit = ["medical.core.wizard"]

    wizard_id = fields.Many2one(
        "medical.supply.par.wizard", required=True, ondelete="cascade", index=True
    )
    room_id = fields.Many2one("stock.location", required=True, ondelete="cascade")
    product_id = fields.Many2one(
        "product.product", "Item", required=True, ondelete="cascade"
    )
    low = fields.Float("Reorder At", required=True, aggregator=None)
    high = fields.Float("Par", required=True, aggregator=None)
