"""What tests of supplies start from: items with vendors, shelves with par levels."""

from datetime import date, datetime

from odoo import Command
from odoo.tests import freeze_time

from ..common import PracticeCase

NOW = datetime(2026, 11, 24, 18, 30)  # a Tuesday, 12:30 in Chicago
TODAY = date(2026, 11, 24)


class SupplyCase(PracticeCase):
    """``self.gauze`` (bought in packs of 100) and ``self.vaccine`` (lots, expiry) on
    the shelves of ``self.exam_1``, ``self.exam_2`` and of ``self.store``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NOW))
        cls.exam_1, cls.exam_2 = cls.rooms.filtered(
            lambda room: room.medical_room_type == "exam"
        )
        cls.store = cls.rooms.filtered(lambda room: room.medical_room_type == "store")
        cls.vendor, cls.other_vendor = cls.env["res.partner"].create(
            [{"name": "Meridian"}, {"name": "Clearwater"}]
        )
        cls.unit = cls.env.ref("uom.product_uom_unit")
        cls.pack = cls.env["uom.uom"].create(
            {
                "name": "Pack of 100",
                "relative_factor": 100,
                "relative_uom_id": cls.unit.id,
            }
        )
        cls.gauze = cls.item("Gauze 4x4", 0.02, cls.pack, price=2.0, contract=1.8)
        cls.vaccine = cls.item(
            "Influenza vaccine",
            20,
            cls.unit,
            price=20.0,
            medical_kind="vaccine",
            medical_storage="refrigerator",
            tracking="lot",
            use_expiration_date=True,
            expiration_time=240,
        )

    @classmethod
    def item(cls, name, cost, pack, price, contract=0.0, **values):
        return cls.env["product.product"].create(
            {
                "name": name,
                "default_code": name[:3].upper(),
                "type": "consu",
                "is_storable": True,
                "medical_kind": "medical",
                "standard_price": cost,
                "seller_ids": [
                    Command.create(
                        {
                            "partner_id": cls.vendor.id,
                            "product_uom_id": pack.id,
                            "price": price,
                            "medical_contract_price": contract,
                            "delay": 3,
                            "company_id": cls.company.id,
                        }
                    )
                ],
                **values,
            }
        )

    @classmethod
    def par(cls, room, item, low, high, **values):
        return cls.env["stock.warehouse.orderpoint"].create(
            {
                "location_id": room.id,
                "product_id": item.id,
                "product_min_qty": low,
                "product_max_qty": high,
                "company_id": cls.company.id,
                **values,
            }
        )

    @classmethod
    def stock(cls, room, item, quantity, lot=None):
        cls.env["stock.quant"]._update_available_quantity(
            item, room, quantity, lot_id=lot
        )

    @classmethod
    def lot(cls, item, name, expires):
        return cls.env["stock.lot"].create(
            {
                "name": name,
                "product_id": item.id,
                "company_id": cls.company.id,
                "expiration_date": expires,
                "removal_date": expires,
            }
        )

    def on_hand(self, room, item, lot=None):
        quants = self.env["stock.quant"].search(
            [("location_id", "=", room.id), ("product_id", "=", item.id)]
        )
        if lot:
            quants = quants.filtered(lambda quant: quant.lot_id == lot)
        return sum(quants.mapped("quantity"))

    def transfer_one(self, item, start, goal, user="manager"):
        """A transfer of one unit between two places, done by somebody."""
        where = {"location_id": start.id, "location_dest_id": goal.id}
        picking = (
            self.env["stock.picking"]
            .with_user(self.users[user])
            .create(
                {
                    "picking_type_id": self.site.int_type_id.id,
                    "company_id": self.company.id,
                    **where,
                    "move_ids": [
                        Command.create(
                            {"product_id": item.id, "product_uom_qty": 1, **where}
                        )
                    ],
                }
            )
        )
        picking.action_confirm()
        picking.action_assign()
        picking.move_ids.picked = True
        picking._action_done()
        return picking
