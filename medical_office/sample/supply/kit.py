"""The sample practice's emergency kits: one in order, one whose drug runs out soon."""

from datetime import timedelta

from odoo import models
from odoo.fields import Command


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    def _load_supply_kits(self, practice):
        env = practice.env
        items = env["product.product"].search(
            [
                ("medical_kind", "in", ("medical", "sample")),
                ("use_expiration_date", "=", True),
            ],
            order="default_code",
            limit=6,
        )
        carts = env["maintenance.equipment"].search(
            [
                ("medical_kind_id.code", "=", "crash_cart"),
                ("company_id", "=", practice.company.id),
            ],
            order="id",
        )
        rooms = env["stock.location"].search(
            [
                ("medical_room_type", "=", "procedure"),
                ("company_id", "=", practice.company.id),
            ],
            order="id",
        )
        places = [("Crash cart", cart, cart.location_id, 140) for cart in carts]
        places += [("Anaphylaxis box", carts[:0], room, 21) for room in rooms[:1]]
        kits = env["medical.supply.kit"].create(
            [
                {
                    "name": f"{name}, {room.name}",
                    "equipment_id": cart.id,
                    "location_id": room.id,
                    "new_seal": f"{48210 + number}",
                    "line_ids": [
                        Command.create(
                            {
                                "product_id": item.id,
                                "lot_name": f"K{number}{place}",
                                "expires_on": practice.today
                                + timedelta(days=days + 30 * place),
                            }
                        )
                        for place, item in enumerate(items)
                    ],
                }
                for number, (name, cart, room, days) in enumerate(places)
            ]
        )
        nurse = practice.user("brandt")
        kits.with_user(nurse).action_seal()
