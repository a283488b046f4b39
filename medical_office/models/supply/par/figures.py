"""What to order for every par level, in a handful of queries however many there are.

The host works this out one reordering rule at a time (``qty_to_order``): forecast in the
rule's location at the end of its lead time, with requests for quotation that are not
confirmed yet; below the reorder point (strictly), order up to par, rounded up to the
vendor's pack. Here one statement adds up stock and moves of all of them; a test holds
the figures against the host's.
"""

import math
from datetime import datetime
from typing import NamedTuple

from odoo import models
from odoo.tools import SQL

from ..site.move import OPEN_MOVES
from .terms import integers

# a share of a pack that the host takes for a rounding error of the machine
NOTHING = 2.0**-50


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
        anchors = self._medical_anchors()
        kinds = self._medical_kinds(anchors)
        terms = self._medical_terms(kinds, ahead)
        rows = self.env.execute_query(self._medical_stock_sql(anchors, kinds, terms))
        result = {}
        for key, number, need, manual, *figures in rows:
            term = terms[number - 1]
            wanted, pack = 0.0, 0.0
            if need is not None:
                pack = figures[6] or term.pack(need)
                wanted = _whole_packs(need, pack)
            result[key] = Figures(*figures, manual or wanted, term.horizon, pack)
        return result

    def _medical_flush(self):
        self.flush_recordset()
        self.env["uom.uom"].flush_model(["factor"])
        for model in ("stock.quant", "stock.move", "stock.location"):
            self.env[model].flush_model()

    def _medical_coming(self, kinds, anchors):
        """What is in requests for quotation: the host's own aggregate, asked once.

        :return: {(product id, location id): quantity}, those that are not 0
        """
        products = self.env["product.product"].browse({kind.product for kind in kinds})
        asked, _by_site = products._get_quantity_in_progress(list(anchors))
        return {key: quantity for key, quantity in asked.items() if quantity}

    def _medical_stock_sql(self, anchors, kinds, terms):
        """One row for each par level: id, number of its kind, what lacks to par (NULL
        unless below the reorder point), the quantity set by hand, and the fields of
        ``Figures`` up to ``forecast``.

        Quantities are added up as exact numbers and rounded where the host rounds.
        """
        coming = self._medical_coming(kinds, anchors)
        return SQL(
            """
            WITH par AS MATERIALIZED (
                SELECT point.id, point.warehouse_id, point.location_id, point.product_id,
                       point.product_min_qty AS low, point.product_max_qty AS high,
                       point.medical_week_use AS week,
                       point.qty_to_order_manual AS manual,
                       multiple.factor / (%(units)s::float[])[member.number] AS multiple,
                       member.number,
                       (%(horizons)s::timestamp[])[member.number] AS horizon
                  FROM stock_warehouse_orderpoint point
                  JOIN unnest(%(ids)s::int[], %(numbers)s::int[])
                       AS member (id, number) ON member.id = point.id
                  LEFT JOIN uom_uom multiple ON multiple.id = point.replenishment_uom_id
            ), tree AS MATERIALIZED (
                SELECT above.id AS root, leaf.id AS leaf
                  FROM stock_location leaf
                 CROSS JOIN LATERAL unnest(string_to_array(
                           trim(TRAILING '/' FROM leaf.parent_path), '/')::int[])
                       AS above (id)
                 WHERE above.id = ANY(%(places)s::int[])
            ), held AS (
                SELECT tree.root, quant.product_id, sum(quant.quantity) AS quantity
                  FROM stock_quant quant
                  JOIN tree ON tree.leaf = quant.location_id
                 GROUP BY 1, 2
            ), ends AS (
                SELECT par.id, sum(quant.quantity - quant.reserved_quantity) AS quantity
                  FROM stock_quant quant
                  JOIN tree ON tree.leaf = quant.location_id
                  JOIN par ON par.location_id = tree.root
                   AND par.product_id = quant.product_id
                 WHERE quant.removal_date IS NOT NULL  -- few: said so, they are read first
                   AND quant.removal_date <= par.horizon
                 GROUP BY 1
            ), open AS MATERIALIZED (
                SELECT move.product_id, move.location_id AS origin,
                       coalesce(move.location_final_id, move.location_dest_id) AS goal,
                       move.date, move.product_qty AS quantity
                  FROM stock_move move
                 WHERE move.state IN %(states)s
                   AND move.product_id IN (SELECT unnest(%(products)s::int[]))
            ), flow AS (
                SELECT tree.root, open.product_id, open.date,
                       open.quantity AS incoming, 0 AS outgoing
                  FROM open
                  JOIN tree ON tree.leaf = open.goal
                 WHERE NOT EXISTS (SELECT FROM tree AS inside
                                    WHERE inside.root = tree.root
                                      AND inside.leaf = open.origin)
                 UNION ALL
                SELECT tree.root, open.product_id, open.date, 0, open.quantity
                  FROM open
                  JOIN tree ON tree.leaf = open.origin
                 WHERE NOT EXISTS (SELECT FROM tree AS inside
                                    WHERE inside.root = tree.root
                                      AND inside.leaf = open.goal)
            ), moved AS (
                SELECT par.id, sum(flow.incoming) AS incoming,
                       sum(flow.outgoing) AS outgoing
                  FROM flow
                  JOIN par ON par.location_id = flow.root
                   AND par.product_id = flow.product_id
                 WHERE flow.date <= par.horizon
                 GROUP BY 1
            ), figure AS (
                SELECT par.*, held.quantity AS on_hand, ends.quantity AS expired,
                       CASE WHEN asked.quantity IS NULL THEN moved.incoming
                            ELSE coalesce(moved.incoming, 0) + asked.quantity END
                           AS on_order,
                       moved.outgoing AS promised,
                       round(coalesce(held.quantity, 0) + coalesce(moved.incoming, 0)
                             - coalesce(moved.outgoing, 0) - coalesce(ends.quantity, 0),
                             %(digits)s) + coalesce(asked.quantity, 0) AS forecast
                  FROM par
                  LEFT JOIN held ON held.root = par.location_id
                   AND held.product_id = par.product_id
                  LEFT JOIN ends ON ends.id = par.id
                  LEFT JOIN moved ON moved.id = par.id
                  LEFT JOIN unnest(%(asked_products)s::int[], %(asked_places)s::int[],
                                   %(asked)s::numeric[])
                            AS asked (product_id, location_id, quantity)
                    ON asked.product_id = par.product_id
                   AND asked.location_id = par.location_id
                OFFSET 0  -- or each mention of a figure works it out again
            )
            -- what is not there is cast as nothing: a cast of an exact number is dear
            SELECT id, number,
                   CASE WHEN round(forecast, %(digits)s) < round(low, %(digits)s)
                        THEN (greatest(low, high) - forecast)::float END,
                   coalesce(manual::float, 0),
                   warehouse_id, location_id, product_id, low::float, high::float,
                   coalesce(week::float, 0), coalesce(multiple::float, 0),
                   coalesce(on_hand::float, 0), coalesce(expired::float, 0),
                   coalesce(on_order::float, 0), coalesce(promised::float, 0),
                   forecast::float
              FROM figure
            """,
            ids=integers(key for kind in kinds for key in kind.pars),
            numbers=integers(
                n for n, kind in enumerate(kinds, 1) for _key in kind.pars
            ),
            units=[kind.unit for kind in kinds],
            products=integers({kind.product for kind in kinds}),
            places=integers(anchors),
            horizons=[term.horizon for term in terms],
            states=OPEN_MOVES,
            asked_products=[product for product, _place in coming],
            asked_places=[place for _product, place in coming],
            asked=list(coming.values()),
            digits=self.env["decimal.precision"].precision_get("Product Unit"),
        )


def _whole_packs(need, pack):
    """``need`` rounded up to ``pack`` as the host does it."""
    if not pack or pack == 1:
        return need
    return math.ceil(need / pack * (1 - NOTHING)) * pack
