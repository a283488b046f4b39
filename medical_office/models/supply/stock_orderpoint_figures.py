"""What to order for every par level, in a handful of queries however many there are.

The host works this out one reordering rule at a time (``qty_to_order``): forecast in the
rule's location at the end of its lead time, with requests for quotation that are not
confirmed yet; below the reorder point (strictly), order up to par, rounded up to the
vendor's pack. Here the same figures come from one aggregate over quants and one over
moves; a test holds them against the host's.
"""

from collections import defaultdict
from datetime import datetime, time, timedelta
from typing import NamedTuple

from odoo import fields, models
from odoo.tools import SQL, float_compare, float_round

from ...tools.supply.sellers import Seller, select_seller

OPEN_MOVES = ("waiting", "confirmed", "assigned", "partially_available")


class Figures(NamedTuple):
    """Of one par level, in the item's unit: ``on_hand`` with expired stock,
    ``expired`` what of it expires before the ``horizon`` (the last day of the lead
    time), ``on_order`` what comes in until then and what is in requests for quotation,
    ``promised`` what goes out; ``forecast`` of these, ``wanted`` what the host orders."""

    on_hand: float
    expired: float
    on_order: float
    promised: float
    forecast: float
    wanted: float
    horizon: object
    pack: float


class StockWarehouseOrderpoint(models.Model):
    _inherit = "stock.warehouse.orderpoint"

    def _medical_now(self):
        """The figures as the practice looks ahead, instead of the host's whole year.

        :return: {id: :class:`Figures`}
        """
        result = {}
        for company, pars in self.grouped("company_id").items():
            ahead = pars.with_context(global_horizon_days=company.medical_order_horizon)
            result |= ahead._medical_figures()
        return result

    def _medical_figures(self):
        """The figures of all par levels in ``self``, as the host works them out.

        :return: {id: :class:`Figures`}
        """
        pars = self.filtered(lambda par: par.product_id and par.location_id)
        terms = pars._medical_terms()
        stock = pars._medical_stock({key: term.horizon for key, term in terms.items()})
        coming = pars._medical_in_progress()
        today = fields.Date.today()
        result = {}
        for par in pars:
            key, term = par.id, terms[par.id]
            on_hand, expired, incoming, outgoing = stock[key]
            rounding = par.product_uom.rounding
            forecast = float_round(
                on_hand
                + float_round(incoming, precision_rounding=rounding)
                - float_round(outgoing, precision_rounding=rounding)
                - expired,
                precision_rounding=rounding,
            )
            rest = coming.get((par.product_id.id, par.location_id.id), 0.0)
            forecast += rest
            wanted, pack = 0.0, 0.0
            low, high = par.product_min_qty, par.product_max_qty
            if float_compare(forecast, low, precision_rounding=rounding) < 0:
                need = max(low, high) - forecast
                pack = term.pack(need, par, today)
                wanted = _whole_packs(need, pack)
            result[key] = Figures(
                on_hand,
                expired,
                incoming + rest,
                outgoing,
                forecast,
                par.qty_to_order_manual or wanted,
                term.horizon,
                pack,
            )
        return result

    # ------------------------------------------------------------------ lead times

    def _medical_terms(self):
        """How far each par level looks ahead, and in which packs it is bought.

        :return: {id: _Terms}
        """
        rules = self._medical_rules()
        sellers = self._medical_sellers()
        today = fields.Date.today()
        result = {}
        for par in self:
            rule = rules[par.id]
            company = par.company_id
            horizon = self.env.context.get("global_horizon_days", company.horizon_days)
            offers = sellers.get(par.product_id.product_tmpl_id.id, ())
            offers = [o for o in offers if o.fits(par.product_id.id, company.id)]
            days = sum(r.delay for r in rule if r.action in ("pull", "pull_push"))
            usual = select_seller(offers, None, today)
            chosen = next((o for o in offers if o.key == par.supplier_id.id), None)
            lead = 0
            if any(r.action == "buy" for r in rule):
                if usual or chosen:
                    lead = (chosen or usual).lead
                    days += lead + company.days_to_purchase
                else:
                    days += 365  # the host's way to say that nobody delivers
            last = today + timedelta(days=int(days + horizon))
            ordered_on = max(today + timedelta(days=int(days)), today)
            if usual:
                ordered_on = max(ordered_on - timedelta(days=int(usual.lead)), today)
            result[par.id] = _Terms(
                datetime.combine(last, time.max),
                offers if any(r.action == "buy" for r in rule) else [],
                chosen,
                ordered_on,
            )
        return result

    def _medical_rules(self):
        """The stock rules that serve each par level, as the host finds them.

        The host asks for each location and product; rooms of a site that no rule names
        by itself share their answer, and so do products with the same routes.
        """
        named = set(
            self.env["stock.rule"]
            .search_fetch([], ["location_dest_id"])
            .location_dest_id.ids
        )
        found, result = {}, {}
        for par in self:
            place = par.location_id
            path = [int(part) for part in place.parent_path.split("/")[:-1]]
            nearest = next((p for p in reversed(path) if p in named), 0)
            product = par.product_id
            key = (
                nearest,
                place.warehouse_id.id,
                par.route_id.id,
                tuple(product.route_ids.ids),
                product.categ_id.id,
            )
            if key not in found:
                found[key] = product._get_rules_from_location(
                    place, route_ids=par.route_id
                )
            result[par.id] = found[key]
        return result

    def _medical_sellers(self):
        """Vendors' terms of the products of these par levels.

        :return: {product template id: [Seller, ...]} as the host ranks them
        """
        templates = self.product_id.product_tmpl_id
        terms = self.env["product.supplierinfo"].search_fetch(
            [
                ("product_tmpl_id", "in", templates.ids),
                ("partner_id.active", "=", True),
            ],
            [
                "partner_id", "product_id", "company_id", "product_uom_id", "sequence",
                "min_qty", "price", "discount", "delay", "date_start", "date_end",
                "currency_id", "product_tmpl_id", "medical_contract_price",
            ],
        )  # fmt: skip
        terms.partner_id.fetch(["name"])
        result = defaultdict(list)
        today = fields.Date.context_today(self)
        for term in terms:
            company = term.company_id or self.env.company
            price = term.currency_id._convert(
                term.price * (1 - term.discount / 100),
                self.env.company.currency_id,
                company,
                today,
                round=False,
            )
            unit = term.product_tmpl_id.uom_id.factor
            result[term.product_tmpl_id.id].append(
                Seller(
                    key=term.id,
                    vendor=term.partner_id.id,
                    product=term.product_id.id or 0,
                    company=term.company_id.id or 0,
                    sequence=term.sequence,
                    minimum=term.min_qty,
                    price=term.price,
                    discounted=price,
                    lead=term.delay,
                    pack=term.product_uom_id.factor / unit,
                    start=term.date_start or None,
                    end=term.date_end or None,
                )
            )
        return result

    # ------------------------------------------------------------- stock and moves

    def _medical_stock(self, horizons):
        """On hand, expired, coming in and going out of each par level's location.

        :param horizons: {id: last moment that counts}
        :return: {id: (on hand, expired, incoming, outgoing)}
        """
        result = dict.fromkeys(self.ids, (0.0, 0.0, 0.0, 0.0))
        if not self:
            return result
        for model in ("stock.quant", "stock.move", "stock.location"):
            self.env[model].flush_model()
        self.flush_model(["location_id", "product_id"])
        for key, *figures in self.env.execute_query(self._medical_stock_sql(horizons)):
            result[key] = tuple(float(figure or 0) for figure in figures)
        return result

    def _medical_stock_sql(self, horizons):
        ids = self.ids
        return SQL(
            """
            WITH par AS MATERIALIZED (
                SELECT point.id, point.location_id, point.product_id, wish.horizon
                  FROM stock_warehouse_orderpoint point
                  JOIN unnest(%(ids)s::int[], %(horizons)s::timestamp[])
                       AS wish (id, horizon) ON wish.id = point.id
            ), tree AS MATERIALIZED (
                SELECT root.id AS root, leaf.id AS leaf
                  FROM stock_location root
                  JOIN stock_location leaf
                    ON leaf.parent_path LIKE root.parent_path || '%%'
                 WHERE root.id IN (SELECT location_id FROM par)
            ), held AS (
                SELECT par.id, sum(quant.quantity) AS on_hand,
                       sum(quant.quantity - quant.reserved_quantity)
                           FILTER (WHERE quant.removal_date <= par.horizon) AS expired
                  FROM par
                  JOIN tree ON tree.root = par.location_id
                  JOIN stock_quant quant
                    ON quant.location_id = tree.leaf
                   AND quant.product_id = par.product_id
                 GROUP BY par.id
            ), open AS MATERIALIZED (
                SELECT move.product_id, move.location_id AS origin,
                       coalesce(move.location_final_id, move.location_dest_id) AS goal,
                       move.date, move.product_qty AS quantity
                  FROM stock_move move
                 WHERE move.state IN %(states)s
                   AND move.product_id IN (SELECT product_id FROM par)
            ), incoming AS (
                SELECT par.id, sum(open.quantity) AS quantity
                  FROM open
                  JOIN tree ON tree.leaf = open.goal
                  JOIN par ON par.location_id = tree.root
                   AND par.product_id = open.product_id
                 WHERE open.date <= par.horizon
                   AND NOT EXISTS (SELECT FROM tree AS inside
                                    WHERE inside.root = tree.root
                                      AND inside.leaf = open.origin)
                 GROUP BY par.id
            ), outgoing AS (
                SELECT par.id, sum(open.quantity) AS quantity
                  FROM open
                  JOIN tree ON tree.leaf = open.origin
                  JOIN par ON par.location_id = tree.root
                   AND par.product_id = open.product_id
                 WHERE open.date <= par.horizon
                   AND NOT EXISTS (SELECT FROM tree AS inside
                                    WHERE inside.root = tree.root
                                      AND inside.leaf = open.goal)
                 GROUP BY par.id
            )
            SELECT par.id, held.on_hand, held.expired, incoming.quantity,
                   outgoing.quantity
              FROM par
              LEFT JOIN held ON held.id = par.id
              LEFT JOIN incoming ON incoming.id = par.id
              LEFT JOIN outgoing ON outgoing.id = par.id
             WHERE held.id IS NOT NULL OR incoming.id IS NOT NULL
                OR outgoing.id IS NOT NULL
            """,
            ids=ids,
            horizons=[horizons[key] for key in ids],
            states=OPEN_MOVES,
        )

    def _medical_in_progress(self):
        """Quantities in requests for quotation by (product id, location id): the
        host's own aggregate, asked once."""
        products = self.product_id
        found, _by_site = products._get_quantity_in_progress(self.location_id.ids)
        return found


class _Terms(NamedTuple):
    """How one par level is supplied."""

    horizon: datetime
    offers: list
    chosen: Seller | None
    ordered_on: object

    def pack(self, need, par, _today):
        """The multiple in which ``need`` is ordered, 0 for none."""
        unit = par.product_uom.factor
        if par.replenishment_uom_id:
            return par.replenishment_uom_id.factor / unit
        if not self.offers:
            return 0.0
        seller = self.chosen or select_seller(self.offers, need, self.ordered_on)
        return seller.pack if seller else 0.0


def _whole_packs(need, pack):
    """``need`` rounded up to ``pack`` as the host does it: to the unit's digits first."""
    if not pack or pack == 1:
        return need
    packs = float_round(need / pack, precision_digits=2, rounding_method="UP")
    return float_round(packs, precision_digits=0, rounding_method="UP") * pack
