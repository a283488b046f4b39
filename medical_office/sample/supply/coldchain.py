"""The sample practice's cold chain: lots in units, a month of a logger, one excursion."""

import math
from datetime import datetime, time, timedelta

from odoo import models
from odoo.tools import SQL

from .shelves import chance

DAYS = 31
EVERY = timedelta(minutes=30)
WARM_AGO = 12  # days since the door of the first refrigerator stood open
CENTER = {"refrigerator": 4.6, "freezer": -21.5}


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    def _load_supply_coldchain(self, practice):
        """Vaccines lie in the units of their rooms; each has a logger."""
        units = practice.env["maintenance.equipment"].search(
            [
                ("medical_vaccine_storage", "=", True),
                ("company_id", "=", practice.company.id),
            ],
            order="id",
        )
        units._medical_make_shelf()
        self._sample_into_units(practice, units)
        self._sample_readings(practice, units)
        first = units.filtered(lambda unit: unit.medical_range == "refrigerator")[:1]
        self._sample_excursion(practice, first)

    def _sample_into_units(self, practice, units):
        """Par levels, stock and past use of vaccines move from the room to its unit."""
        env = practice.env
        env.flush_all()
        # sql: what was moved by hand in a past that never was
        for unit in units:
            site = unit.location_id.warehouse_id
            for table, columns in (
                ("stock_warehouse_orderpoint", ("location_id",)),
                ("stock_quant", ("location_id",)),
                ("stock_move", ("location_id", "location_dest_id")),
                ("stock_move_line", ("location_id", "location_dest_id")),
            ):
                for column in columns:
                    env.cr.execute(
                        SQL(
                            """
                            UPDATE %(table)s AS row SET %(column)s = %(shelf)s
                              FROM product_product item, product_template kind
                             WHERE row.%(column)s = %(room)s
                               AND item.id = row.product_id
                               AND kind.id = item.product_tmpl_id
                               AND kind.medical_kind = 'vaccine'
                               AND kind.medical_storage = %(storage)s
                            """,
                            table=SQL.identifier(table),
                            column=SQL.identifier(column),
                            shelf=unit.medical_shelf_id.id,
                            room=unit.location_id.id,
                            storage=unit.medical_range,
                        )
                    )
            self._sample_out_of_store(env, unit, site)
        env.invalidate_all()
        # sudo: a lot that came from two places lies there once, as the host merges it
        env["stock.quant"].sudo()._merge_quants()

    def _sample_out_of_store(self, env, unit, site):
        """A store without a unit keeps no vaccines: they lie in the site's unit."""
        kind = SQL(
            """
            SELECT item.id FROM product_product item
              JOIN product_template kind ON kind.id = item.product_tmpl_id
             WHERE kind.medical_kind = 'vaccine' AND kind.medical_storage = %s
            """,
            unit.medical_range,
        )
        store, shelf = site.medical_store_id.id, unit.medical_shelf_id.id
        # sql: what was moved by hand in a past that never was
        env.cr.execute(
            SQL(
                "UPDATE stock_quant SET location_id = %s "
                "WHERE location_id = %s AND product_id IN (%s)",
                shelf,
                store,
                kind,
            )
        )
        # sql: as above
        env.cr.execute(
            SQL(
                "UPDATE stock_warehouse_orderpoint SET active = false "
                "WHERE location_id = %s AND product_id IN (%s)",
                store,
                kind,
            )
        )

    def _sample_readings(self, practice, units):
        """Half-hourly temperatures that go up and down with doors and compressors."""
        noon = datetime.combine(practice.today, time(12))
        start = noon - timedelta(days=DAYS)
        steps = int((noon - start) / EVERY)
        values = []
        files = self._sample_files(practice, units, start, noon - EVERY, steps)
        for unit in units:
            low, high = map(float, unit._medical_limits())
            center = CENTER[unit.medical_range]
            is_first = unit == units[:1]
            for step in range(steps):
                at = start + step * EVERY
                wave = math.sin(step / 3.1) * 0.6 + chance(unit.name, step) * 0.9
                celsius = round(center - 0.4 + wave, 1)
                if is_first:
                    celsius = max(celsius, self._sample_warm(practice, at))
                values.append(
                    {
                        "equipment_id": unit.id,
                        "company_id": practice.company.id,
                        "at": at,
                        "celsius": celsius,
                        "is_outside": not low <= celsius <= high,
                        "file_id": files[unit].id,
                    }
                )
        # sudo: a made-up past, as below
        practice.env["medical.supply.reading"].sudo()._pen().create(values)

    def _sample_files(self, practice, units, first, last, count):
        """{unit: the logger's file that its readings come from}."""
        # sudo: a made-up past, as below
        board = practice.env["medical.supply.logger.file"].sudo()._pen()
        made = board.create(
            [
                {
                    "name": "logger.csv",
                    "equipment_id": unit.id,
                    "company_id": practice.company.id,
                    "clock": "kept",
                    "count": count,
                    "first_at": first,
                    "last_at": last,
                    "interval": int(EVERY.total_seconds()),
                }
                for unit in units
            ]
        )
        return dict(zip(units, made, strict=True))

    def _sample_warm_from(self, practice):
        day = practice.today - timedelta(days=WARM_AGO)
        return datetime.combine(day, time(2, 30))

    def _sample_warm(self, practice, at):
        """What the open door of one night did: up to 10.4 °C and down again."""
        hours = (at - self._sample_warm_from(practice)).total_seconds() / 3600
        return round(10.4 - abs(hours - 2.5) * 1.3, 1) if 0 <= hours <= 5 else -99

    def _sample_excursion(self, practice, unit):
        """That night's excursion, answered, signed by two and released."""
        start = self._sample_warm_from(practice) + timedelta(hours=1)
        quants = practice.env["stock.quant"].search(
            [("location_id", "=", unit.medical_shelf_id.id), ("quantity", ">", 0)],
            order="id",
        )
        called = start + timedelta(hours=7)
        excursion = (
            practice.env["medical.supply.excursion"]
            .sudo()  # sudo: a made-up past, nobody signs in the name of others
            ._pen()
            .create(
                {
                    "equipment_id": unit.id,
                    "kind": "warm",
                    "worst": 10.4,
                    "started_at": start,
                    "ended_at": start + timedelta(hours=3, minutes=30),
                    "reported_by_id": practice.user("torres").id,
                    "quarantined_at": start + timedelta(hours=5),
                    "first_signed_by_id": practice.user("brandt").id,
                    "first_signed_at": called + timedelta(hours=2),
                    "second_signed_by_id": practice.user("alvarez").id,
                    "second_signed_at": called + timedelta(hours=3),
                    "note": "Door found ajar in the morning; the seal was cleaned and "
                    "the alarm set to call the manager.",
                    "state": "released",
                }
            )
        )
        # sudo: as above
        practice.env["medical.supply.excursion.line"].sudo()._pen().create(
            [
                {
                    "excursion_id": excursion.id,
                    "company_id": practice.company.id,
                    "product_id": quant.product_id.id,
                    "lot_id": quant.lot_id.id,
                    "quantity": quant.quantity,
                    "value": quant.medical_cost_value,
                    "manufacturer": quant.product_id.seller_ids[:1].partner_id.name,
                    "answer": "usable",
                    "contact": "Medical information desk",
                    "reference": f"TX-{1000 + quant.id}",
                    "answered_by_id": practice.user("torres").id,
                    "answered_at": called,
                }
                for quant in quants
            ]
        )
