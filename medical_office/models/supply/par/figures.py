"""What to order for every par level, in a handful of queries however many there are.

The host works this out one reordering rule at a time (``qty_to_order``): forecast in the
rule's location at the end of its lead time, with requests for quotation that are not
confirmed yet; below the reorder point (strictly), order up to par, rounded up to the
vendor's pack. Here one statement adds up stock and moves of all of them; a test holds
the figures against the host's.
"""

import math
from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from odoo import models
from odoo.tools import SQL

from ..site.move import OPEN_MOVES
from .terms import integers

# a share of a pack that the host takes for a rounding error of the machine
NOTHING = 2.0**-50
NONE = 0.0, 0.0  # no pack of its own, nothing ordered by hand
_new = tuple.__new__  # half the time of calling the class, fifty thousand times


class Figures(NamedTuple):
    """Of one par level; site, place and product are ids, quantities in the item's unit.

    ``low`` and ``high`` are reorder point and par, ``week`` the use per week,
    ``multiple`` the pack the par level itself names (0: none). ``on_hand`` with expired
    stock, ``expired`` what of it expires before the ``horizon`` (the last moment of the
    lead time), ``on_order`` what comes in until then and what is in requests for
    quotation, ``promised`` what goes out; ``forecast`` of these, ``wanted`` what the
    host orders, in packs of ``pack``."""

    site: int
    place: int
    product: int
    low: float
    high: float
    week: float
    multiple: float
    on_hand: float
    expired: float
    on_order: float
    promised: float
    forecast: float
    wanted: float
    horizon: datetime
    pack: float


class StockWarehouseOrderpoint(models.Model):
    _inherit = "stock.warehouse.orderpoint"

    def _medical_now(self):
        """The figures as the practice looks ahead, instead of the host's whole year.

        :return: {id: :class:`Figures`}
        """
        return self._medical_figures(ahead="medical_order_horizon")

    def _medical_figures(self, ahead="horizon_days"):
        """The figures of all par levels in ``self``, as the host works them out.

        :param ahead: the company's field that says how many days to look ahead beyond
            the lead time
        :return: {id: :class:`Figures`}, without those that lack item or location
        """
        if not self.ids:
            return {}
        self._medical_flush()
        places = self._medical_places()
        shelves = self.env.execute_query(self._medical_shelves_sql(places))
        numbers, kinds = self._medical_kinds(shelves, places.anchors)
        terms = self._medical_terms(kinds, ahead)
        flows = self._medical_flows(places, {shelf[2] for shelf in shelves}, terms)
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        supplied = [
            (term, term.horizon, kind.unit)
            for term, kind in zip(terms, kinds, strict=True)
        ]
        result = {}
        for number, shelf in zip(numbers, shelves, strict=True):
            key, place, product, _company, site, low, high, week, on_hand, own = shelf
            term, horizon, unit = supplied[number]
            multiple, manual = (own[2] / unit, own[3]) if own else NONE
            on_order = promised = expired = wanted = pack = 0.0
            # whole numbers, most of them, need no rounding, which is dear
            forecast = on_hand if on_hand.is_integer() else round(on_hand, digits)
            if flow := flows.get((place, product)):
                comes, promised, expired, asked = flow.until(horizon)
                forecast = round(on_hand + comes - promised - expired, digits)
                forecast = round(forecast + asked, digits)
                on_order = comes + asked
            if forecast < low:
                need = max(low, high) - forecast
                pack = multiple or term.pack(need)
                wanted = _whole_packs(need, pack)
            result[key] = _new(
                Figures,
                (site, place, product, low, high, week, multiple, on_hand, expired,
                 on_order, promised, forecast, manual or wanted, horizon, pack),
            )  # fmt: skip
        return result

    def _medical_flush(self):
        self.flush_recordset()
        self.env["uom.uom"].flush_model(["factor"])
        for model in ("stock.quant", "stock.move", "stock.location"):
            self.env[model].flush_model()

    def _medical_shelves_sql(self, places):
        """A row for each par level: id, place, item, company, site, the reorder point
        and par, use per week, what is on hand (exact sums); and what few of them say
        for themselves, empty for the others: route, vendor, the factor of their own
        pack, what is ordered by hand."""
        return SQL(
            """
            WITH held AS (
                SELECT tree.root, quant.product_id, sum(quant.quantity) AS quantity
                  FROM stock_quant quant
                  JOIN unnest(%(roots)s::int[], %(leaves)s::int[])
                       AS tree (root, leaf) ON tree.leaf = quant.location_id
                 GROUP BY 1, 2
            )
            -- what is not there is cast as nothing: a cast of an exact number is dear
            SELECT point.id, point.location_id, point.product_id, point.company_id,
                   point.warehouse_id, coalesce(point.product_min_qty::float, 0),
                   coalesce(point.product_max_qty::float, 0),
                   coalesce(point.medical_week_use::float, 0),
                   coalesce(held.quantity::float, 0),
                   CASE WHEN point.route_id IS NOT NULL
                          OR point.supplier_id IS NOT NULL
                          OR point.replenishment_uom_id IS NOT NULL
                          OR point.qty_to_order_manual != 0
                        THEN ARRAY[coalesce(point.route_id, 0),
                                   coalesce(point.supplier_id, 0),
                                   coalesce(multiple.factor::float, 0),
                                   coalesce(point.qty_to_order_manual::float, 0)] END
              FROM stock_warehouse_orderpoint point
              LEFT JOIN held ON held.root = point.location_id
               AND held.product_id = point.product_id
              LEFT JOIN uom_uom multiple ON multiple.id = point.replenishment_uom_id
             WHERE point.id = ANY(%(ids)s::int[])
            """,
            ids=integers(self.ids),
            roots=[root for root, _leaf in places.tree],
            leaves=[leaf for _root, leaf in places.tree],
        )

    def _medical_flows(self, places, products, terms):
        """What comes to these places and leaves them, and what expires there.

        :return: {(location id, product id): _Flow}, those where anything happens until
            the last horizon, or is in requests for quotation
        """
        items = self.env["product.product"].browse(products)
        result = defaultdict(_Flow)
        # the host's own aggregate, asked once
        asked, _by_site = items._get_quantity_in_progress(list(places.anchors))
        for (product, place), quantity in asked.items():
            if quantity:
                result[place, product].asked = quantity
        rows = self.env.execute_query(
            SQL(
                """
                WITH tree AS MATERIALIZED (
                    SELECT root, leaf
                      FROM unnest(%(roots)s::int[], %(leaves)s::int[])
                           AS tree (root, leaf)
                ), open AS MATERIALIZED (
                    SELECT product_id, location_id AS origin, date,
                           coalesce(location_final_id, location_dest_id) AS goal,
                           product_qty AS quantity
                      FROM stock_move
                     WHERE state IN %(states)s AND date <= %(last)s
                       AND product_id IN (SELECT unnest(%(products)s::int[]))
                ), flow AS (
                    SELECT tree.root, product_id, date, quantity AS incoming,
                           NULL::numeric AS outgoing, NULL::numeric AS expired
                      FROM open
                      JOIN tree ON tree.leaf = goal
                     WHERE NOT EXISTS (SELECT FROM tree AS inside
                                        WHERE inside.root = tree.root
                                          AND inside.leaf = origin)
                     UNION ALL
                    SELECT tree.root, product_id, date, NULL, quantity, NULL
                      FROM open
                      JOIN tree ON tree.leaf = origin
                     WHERE NOT EXISTS (SELECT FROM tree AS inside
                                        WHERE inside.root = tree.root
                                          AND inside.leaf = goal)
                     UNION ALL
                    SELECT tree.root, product_id, removal_date, NULL, NULL,
                           quantity - reserved_quantity
                      FROM stock_quant quant
                      JOIN tree ON tree.leaf = quant.location_id
                     WHERE removal_date <= %(last)s
                )
                SELECT root, product_id, date, coalesce(sum(incoming)::float, 0),
                       coalesce(sum(outgoing)::float, 0), coalesce(sum(expired)::float, 0)
                  FROM flow
                 GROUP BY 1, 2, 3
                """,
                roots=[root for root, _leaf in places.tree],
                leaves=[leaf for _root, leaf in places.tree],
                states=OPEN_MOVES,
                products=integers(products),
                last=max(term.horizon for term in terms),
            )
        )
        for place, product, *event in rows:
            result[place, product].events.append(event)
        return result


class _Flow:
    """What happens in one place to one item: ``events`` as (when, comes in, goes out,
    expires), ``asked`` is in requests for quotation."""

    __slots__ = ("asked", "events")

    def __init__(self):
        self.asked, self.events = 0.0, []

    def until(self, horizon):
        """What comes in, goes out and expires until then, and what is asked for."""
        incoming = outgoing = expired = 0.0
        for when, comes, goes, ends in self.events:
            if when <= horizon:
                incoming += comes
                outgoing += goes
                expired += ends
        return incoming, outgoing, expired, self.asked


def _whole_packs(need, pack):
    """``need`` rounded up to ``pack`` as the host does it."""
    if not pack or pack == 1:
        return need
    return math.ceil(need / pack * (1 - NOTHING)) * pack
