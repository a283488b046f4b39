"""The sample practice's near-expiry lots, with the rooms that would use them."""

import math
from datetime import datetime, time, timedelta

from odoo import models

ITEMS = 5
GAP = 0.6
DAYS = 40  # until the delivery expires that went to the wrong room
WEEKS = DAYS / 7


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    def _load_supply_rescue(self, practice):
        """Short-dated deliveries in rooms that use little; one is about to be carried
        to the room that uses it."""
        env = practice.env
        pars = env["stock.warehouse.orderpoint"].search(
            [
                ("company_id", "=", practice.company.id),
                ("medical_lots", "=", "lot"),
                ("medical_kind", "=", "medical"),
                ("medical_minimum", "=", 0),
                ("medical_week_use", ">", 0),
            ],
            order="product_id, location_id",
        )
        pairs = []
        for here in pars.grouped("product_id").values():
            ranked = here.sorted("medical_week_use")
            if len(ranked) > 1 and ranked[-1].medical_week_use >= 2:
                pairs.append((ranked[0], ranked[-1]))
        # wide gaps between a slow and a fast room, the dearest first
        pairs = [
            (slow, fast)
            for slow, fast in pairs
            if slow.medical_week_use < GAP * fast.medical_week_use
        ]
        pairs.sort(
            key=lambda pair: (
                -pair[1].medical_week_use * pair[1].product_id.standard_price,
                pair[1].product_id.default_code,
            )
        )
        self._deliver_short_dated(practice, pairs[:ITEMS])
        env["medical.supply.rescue"].action_refresh()
        proposals = env["medical.supply.rescue"].search([("state", "=", "draft")])
        dearest = proposals.sorted(lambda line: (-line.saved, line.id))[:1]
        dearest.with_user(practice.user("alvarez")).action_accept()

    def _deliver_short_dated(self, practice, pairs):
        moment = datetime.combine(practice.today, time(18)) + timedelta(days=DAYS)
        lots = practice.env["stock.lot"].create(
            [
                {
                    "name": f"{slow.product_id.default_code.replace('-', '')}S",
                    "product_id": slow.product_id.id,
                    "company_id": practice.company.id,
                    "expiration_date": moment,
                    "removal_date": moment,
                }
                for slow, _fast in pairs
            ]
        )
        # sudo: the deliveries of the past are laid by the program
        practice.env["stock.quant"].sudo()._pen().create(
            [
                {
                    "product_id": slow.product_id.id,
                    "location_id": slow.location_id.id,
                    "company_id": practice.company.id,
                    "lot_id": lot.id,
                    "quantity": math.ceil(
                        WEEKS * (slow.medical_week_use + fast.medical_week_use / 2)
                    ),
                }
                for (slow, fast), lot in zip(pairs, lots, strict=True)
            ]
        )
