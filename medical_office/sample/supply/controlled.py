"""The sample practice's controlled items: an inventory, uses, a wastage, a difference."""

from datetime import datetime, time, timedelta

from odoo import models

USES = (61, 47, 33, 19, 8)  # days ago


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    def _load_supply_controlled(self, practice):
        """Controlled items in each site's store, with a log back to their inventory."""
        self._sample_controlled_stock(practice)
        quants = practice.env["stock.quant"].search(
            [
                ("product_id.medical_kind", "=", "controlled"),
                ("quantity", ">", 0),
                ("location_id.usage", "=", "internal"),
                ("location_id.medical_room_type", "!=", False),
                ("company_id", "=", practice.company.id),
            ],
            order="id",
        )
        values = []
        for quant in quants:
            values += self._sample_log(practice, quant, quant == quants[0])
        # sudo: a made-up past, entered in the names of others
        log = practice.env["medical.supply.controlled.log"]._program()
        entries = log.create(values)
        entries.filtered("difference")._open_discrepancies()

    def _sample_controlled_stock(self, practice):
        """A lot of each item in each store; what was there before has no log yet."""
        items = practice.env["product.product"].search(
            [("medical_kind", "=", "controlled")], order="default_code"
        )
        stores = (
            practice.env["stock.warehouse"]
            .search([("medical_is_site", "=", True)])
            .medical_store_id
        )
        expires = datetime.combine(practice.today, time(18)) + timedelta(days=280)
        lots = practice.env["stock.lot"].create(
            [
                {
                    "name": f"{item.default_code.replace('-', '')}A",
                    "product_id": item.id,
                    "company_id": practice.company.id,
                    "expiration_date": expires,
                    "removal_date": expires,
                }
                for item in items
            ]
        )
        # sudo: the deliveries of the past are laid by the program
        practice.env["stock.quant"].sudo()._pen().create(
            [
                {
                    "product_id": lot.product_id.id,
                    "location_id": store.id,
                    "company_id": practice.company.id,
                    "lot_id": lot.id,
                    "quantity": 12,
                }
                for store in stores
                for lot in lots
                if lot.product_id.tracking != "none"
            ]
        )

    def _sample_log(self, practice, quant, is_first):
        """[values] of one place, the inventory first; the last balance is today's."""
        days = (120, *USES, 3)
        kinds = ["counted", "used", "used", "wasted", "used", "used", "counted"]
        left = quant.quantity + len(USES)
        values = []
        for ago, kind in zip(days, kinds, strict=True):
            at = datetime.combine(practice.today - timedelta(days=ago), time(17))
            is_count = kind == "counted"
            left -= 0 if is_count else 1
            # one count found one less than the books
            differs = -1 if ago == 3 and is_first else 0
            seconded = kind in ("counted", "wasted")
            values.append(
                {
                    "company_id": practice.company.id,
                    "at": at,
                    "kind": kind,
                    "product_id": quant.product_id.id,
                    "location_id": quant.location_id.id,
                    "lot_id": quant.lot_id.id,
                    "quantity": 0 if is_count else 1,
                    "change": 0 if is_count else -1,
                    "balance": left,
                    "counted": left + differs if is_count else 0,
                    "difference": differs,
                    "is_inventory": ago == 120,
                    "reference": f"RX-{4000 + ago}" if not is_count else False,
                    "user_id": practice.user("torres").id,
                    "witness_id": practice.user("brandt").id if seconded else False,
                    "witnessed_at": at + timedelta(minutes=5) if seconded else False,
                    "state": "final",
                }
            )
        return values
