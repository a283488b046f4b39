"""The sample practice's supplies: shelves with par levels, lots, two years of use.

Everything comes from digests of codes and names, so the same day gives the same stock;
use of two years is written in one statement, since making it move by move takes hours.
"""

import hashlib
import math
from collections import defaultdict
from datetime import datetime, time, timedelta

from odoo import models
from odoo.tools import SQL

YEARS = 2
ON_SHELF = 20  # days since what is on the shelves came
STORE_WEEKS = 4  # what a store keeps for its rooms
NEVER_COUNTED = 0.03
EXPIRES_IN = (-3, 18, 45, 75, 160, 240, 330)  # days, by lot


def chance(*names):
    """A number in [0, 1) that is always the same for the same names."""
    digest = hashlib.md5("|".join(map(str, names)).encode(), usedforsecurity=False)
    return int(digest.hexdigest()[:8], 16) / 2**32


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    def _parts(self):
        """Those of all files of this folder, in the order in which they build on each
        other."""
        return [
            *super()._parts(),
            "supply_items",
            "supply_shelves",
            "supply_use",
            "supply_coldchain",
            "supply_controlled",
            "supply_kits",
            "supply_today",
            "supply_rescue",
            "supply_visits",
            "supply_bills",
        ]

    def _doers(self):
        """All of it is the office manager's, but for the use of two years."""
        parts = self._parts()
        own = [part for part in parts if part.startswith("supply_")]
        return super()._doers() | {
            part: "alvarez" for part in own if part != "supply_use"
        }

    def _load_supply_items(self, practice):
        """The starter catalog, with a store and a quarantine for each site."""
        catalog = practice.env["medical.supply.catalog"]
        items, _known, _problems = catalog._plan(catalog._starter())
        catalog._write(items)
        for site in practice.env["stock.warehouse"].search([]):
            site._medical_quarantine()
            if site.medical_store_id:
                # what is bought arrives in the store room
                site.in_type_id.default_location_dest_id = site.medical_store_id
        rooms = practice.env["stock.location"].search(
            [("medical_room_type", "!=", False)]
        )
        rooms.filtered(
            lambda room: room.medical_room_type == "lab"
        ).medical_count_blind = True

    # ---------------------------------------------------------------------- shelves

    def _load_supply_shelves(self, practice):
        """Par levels, and stock on the shelves: some short, some with old lots."""
        weeks = self._sample_weeks(practice)
        # the use of two years, which the program would work out, is not there yet
        pars = (
            practice.env["stock.warehouse.orderpoint"]
            ._pen()
            .create(
                [
                    self._sample_par(practice, room, product, week, place)
                    for place, ((room, product), week) in enumerate(weeks.items(), 1)
                ]
            )
        )
        self._sample_stock(practice, pars)

    def _sample_weeks(self, practice):
        """{(room, product): use per week} of all rooms, then of the stores."""
        products = {
            product.default_code: product
            for product in practice.env["product.product"].search(
                [("medical_kind", "!=", False)]
            )
        }
        by_type = defaultdict(list)
        for room_type, code, week in self.env["medical.supply.catalog"]._shelves():
            by_type[room_type].append((products[code], week))
        rooms = practice.env["stock.location"].search(
            [("medical_room_type", "!=", False)], order="medical_sequence"
        )
        weeks, stores = {}, defaultdict(float)
        for room in rooms:
            for product, week in by_type[room.medical_room_type]:
                busy = 0.6 + 0.8 * chance(
                    product.default_code, room.name, room.warehouse_id.code
                )
                weeks[room, product] = week * busy
                store = room.medical_site_id.medical_store_id
                stores[store, product] += week * busy
        return weeks | stores

    def _sample_par(self, practice, room, product, week, place):
        is_store = room.medical_room_type == "store"
        # some levels are as they should be, most were guessed, too high or too low
        guess = 0.6 + 1.8 * chance("guess", product.default_code, room.complete_name)
        low = math.ceil(week * (STORE_WEEKS / 2 if is_store else 1.6) * guess) or 1
        high = low + math.ceil(week * (STORE_WEEKS / 2 if is_store else 1)) + 1
        days = int(1 + 8 * chance("count", room.complete_name))
        never = (
            chance("never", product.default_code, room.complete_name) < NEVER_COUNTED
        )
        epinephrine = product.name.startswith("Epinephrine")
        return {
            "location_id": room.id,
            "product_id": product.id,
            "company_id": practice.company.id,
            "product_min_qty": low,
            "product_max_qty": max(high, low),
            "medical_sequence": 10 * place,
            "medical_shelf": f"{'ABCDEF'[place // 12 % 6]}-{place % 12 + 1:02}",
            "medical_minimum": 1 if epinephrine else 0,
            "medical_week_use": 0 if epinephrine else week,
            "medical_counted_on": False
            if never
            else practice.today - timedelta(days=days),
            "trigger": "manual",
        }

    def _sample_stock(self, practice, pars):
        lots = self._sample_lots(practice, pars.product_id)
        # not today: what is warm today was in its refrigerator
        came = datetime.combine(practice.today - timedelta(days=ON_SHELF), time(15))
        values = []
        for par in pars:
            code, room = par.product_id.default_code, par.location_id.name
            level = chance("level", code, room, par.warehouse_id.code)
            # one shelf in eight has run low, most are between reorder point and par
            share = 0.6 * level / 0.12 if level < 0.12 else 1
            low, high = par.product_min_qty, par.product_max_qty
            quantity = low * share if share < 1 else low + (high - low) * level
            quantity = math.floor(quantity)
            here = lots.get(par.product_id)
            if not here:
                parts = [(False, quantity)]
            elif par.location_id.medical_room_type == "store":
                half = quantity // 2
                parts = [(here[-1], quantity - half), (here[-2], half)]
            else:
                parts = [(here[int(chance("lot", code, room) * len(here))], quantity)]
            values += [
                {
                    "product_id": par.product_id.id,
                    "location_id": par.location_id.id,
                    "company_id": practice.company.id,
                    "lot_id": lot and lot.id,
                    "quantity": part,
                    "in_date": came,
                }
                for lot, part in parts
                if part
            ]
        # sudo: the first count of every shelf would take people days
        practice.env["stock.quant"].sudo()._pen().create(values)

    def _sample_lots(self, practice, products):
        """Lots of each item that has them, the oldest first."""
        wanted = [
            (product, number)
            for product in products
            if product.tracking == "lot"
            for number in range(len(EXPIRES_IN))
            # few items have a lot that is old already
            if number > 2 or chance("old", product.default_code, number) < 0.25
        ]
        noon = datetime.combine(practice.today, time(18))
        created = practice.env["stock.lot"].create(
            [
                {
                    "name": f"{product.default_code.replace('-', '')}"
                    f"{int(1000 * chance('lot', product.default_code, number)):03}",
                    "product_id": product.id,
                    "company_id": practice.company.id,
                    "expiration_date": noon + timedelta(days=EXPIRES_IN[number]),
                    "removal_date": noon + timedelta(days=EXPIRES_IN[number]),
                }
                for product, number in wanted
            ]
        )
        lots = defaultdict(list)
        for (product, _number), lot in zip(wanted, created, strict=True):
            lots[product].append(lot)
        return lots

    # -------------------------------------------------------------------------- use

    def _load_supply_use(self, practice):
        """Two years of use on every shelf but the stores', by open day."""
        env = practice.env
        env.flush_all()
        since = practice.today - timedelta(days=365 * YEARS)
        # sql: move by move it takes hours
        env.cr.execute(self._sample_use_sql(practice, since))
        # sql: else each line's foreign key is checked as it was best with a handful of
        # moves, by reading all of them: minutes
        env.cr.execute("ANALYZE stock_move")
        # sql: as above
        env.cr.execute(self._sample_use_lines_sql(practice))
        # likewise the review, which joins both
        env.cr.execute("ANALYZE stock_move_line, stock_warehouse_orderpoint")
        env["stock.move"].invalidate_model()
        env["stock.warehouse.orderpoint"]._cron_medical_use()

    def _load_supply_today(self, practice):
        """What waits for the manager today: a par review, proposals, a late order."""
        env = practice.env
        env["medical.supply.review"].action_review_now()
        env["medical.supply.proposal"].action_refresh()
        proposals = env["medical.supply.proposal"].search([("state", "=", "draft")])
        late = proposals.filtered("partner_id").grouped("partner_id")
        first = min(late.values(), key=lambda lines: lines[0].partner_id.name)[:3]
        first._pen().write({"state": "approved"})
        # sudo: lent as the approval lends it; and the order is dated back
        order = first.sudo()._pen()._place_orders()[:1]
        moment = datetime.combine(practice.today - timedelta(days=9), time(15))
        order.write(
            {
                "date_order": moment,
                "date_approve": moment,
                "date_planned": moment + timedelta(days=4),
            }
        )
        order.order_line.date_planned = moment + timedelta(days=4)
        order.picking_ids.move_ids.date_deadline = moment + timedelta(days=4)

    def _sample_use_sql(self, practice, since):
        """The moves of every use.

        A shelf is used on a day with chance p, by 1 to 3 times its usual portion; both
        come from the digest of item, room and day, one use in sixty is waste or loss.
        """
        return SQL(
            """
            WITH shelf AS (
                SELECT par.product_id, par.location_id, item.default_code AS code,
                       room.complete_name AS room, template.uom_id,
                       template.tracking, template.medical_kind AS kind,
                       greatest(1, round(par.medical_week_use / 3)) AS portion,
                       par.medical_week_use AS week
                  FROM stock_warehouse_orderpoint par
                  JOIN stock_location room ON room.id = par.location_id
                  JOIN product_product item ON item.id = par.product_id
                  JOIN product_template template ON template.id = item.product_tmpl_id
                 WHERE par.company_id = %(company)s
                   AND room.medical_room_type NOT IN ('store')
            ), dice AS (
                SELECT shelf.*, day,
                       ('x' || substr(md5(code || room || day::date), 1, 6))::bit(24)::int
                           / 16777216.0 AS one,
                       ('x' || substr(md5(code || room || day::date), 7, 6))::bit(24)::int
                           / 16777216.0 AS two
                  FROM shelf
                 CROSS JOIN generate_series(%(since)s::date, %(today)s::date - 1,
                                            interval '1 day') AS day
                 WHERE extract(isodow FROM day) < 6
            ), used AS (
                SELECT product_id, location_id, uom_id, day + interval '20 hours' AS moment,
                       portion * (1 + floor(two * 3)) AS quantity,
                       CASE WHEN two > 0.997 THEN 'lost'
                            WHEN two > 0.99 AND tracking = 'lot' THEN 'expired'
                            WHEN two > 0.985 THEN 'wasted'
                            WHEN kind = 'sample' THEN 'sample'
                            ELSE 'used' END AS cause
                  FROM dice
                 WHERE one < week / 5 / (2 * portion)
            )
            INSERT INTO stock_move (
                company_id, product_id, product_uom, product_uom_qty, product_qty,
                quantity, location_id, location_dest_id, date, state, procure_method,
                picked, is_inventory, medical_cause, reference, create_date, write_date,
                create_uid, write_uid)
            SELECT %(company)s, product_id, uom_id, quantity, quantity, quantity,
                   location_id, %(loss)s, moment, 'done', 'make_to_stock', true, true,
                   cause, 'Use', moment, moment, 1, 1
              FROM used
            """,
            company=practice.company.id,
            since=since,
            today=practice.today,
            loss=practice.env["stock.location"]
            .search(
                [
                    ("usage", "=", "inventory"),
                    ("company_id", "in", [False, practice.company.id]),
                ],
                limit=1,
            )
            .id,
        )

    def _sample_use_lines_sql(self, practice):
        """A line of each of these moves."""
        return SQL(
            """
            INSERT INTO stock_move_line (
                move_id, company_id, product_id, product_uom_id, quantity,
                quantity_product_uom, location_id, location_dest_id, date, state,
                picked, create_date, write_date, create_uid, write_uid)
            SELECT id, company_id, product_id, product_uom, quantity, quantity,
                   location_id, location_dest_id, date, state, true, date, date, 1, 1
              FROM stock_move
             WHERE company_id = %s AND reference = 'Use' AND is_inventory
            """,
            practice.company.id,
        )
