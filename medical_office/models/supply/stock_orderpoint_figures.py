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

from odoo import api, fields, models
from odoo.tools import SQL, float_round

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
        rows = self._medical_rows()
        terms = self._medical_terms(rows)
        stock = self._medical_stock({row.id: terms[row.id].horizon for row in rows})
        products = self.env["product.product"].browse({row.product for row in rows})
        # the host's own aggregate over requests for quotation, asked once
        coming, _by_site = products._get_quantity_in_progress(
            list({row.place for row in rows})
        )
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        nothing = (0.0, 0.0, 0.0, 0.0)
        result = {}
        for row in rows:
            term = terms[row.id]
            on_hand, expired, incoming, outgoing = stock.get(row.id, nothing)
            rest = coming.get((row.product, row.place), 0.0)
            forecast = round(on_hand + incoming - outgoing - expired, digits) + rest
            wanted, pack = 0.0, 0.0
            if round(forecast, digits) < round(row.low, digits):
                need = max(row.low, row.high) - forecast
                pack = row.multiple or term.pack(need)
                wanted = _whole_packs(need, pack)
            result[row.id] = Figures(
                on_hand,
                expired,
                incoming + rest,
                outgoing,
                forecast,
                row.manual or wanted,
                term.horizon,
                pack,
            )
        return result

    def _medical_rows(self):
        """What the arithmetic needs of each par level, in one query.

        :return: list of _Row, those without item or location left out
        """
        self.flush_recordset()
        self.env["uom.uom"].flush_model(["factor"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT par.id, par.product_id, item.product_tmpl_id, par.location_id,
                       place.parent_path, par.company_id, par.route_id,
                       coalesce(par.supplier_id, 0), par.product_min_qty::float,
                       par.product_max_qty::float,
                       coalesce(par.qty_to_order_manual, 0)::float,
                       coalesce(multiple.factor / unit.factor, 0)::float
                  FROM stock_warehouse_orderpoint par
                  JOIN product_product item ON item.id = par.product_id
                  JOIN product_template template ON template.id = item.product_tmpl_id
                  JOIN uom_uom unit ON unit.id = template.uom_id
                  JOIN stock_location place ON place.id = par.location_id
                  LEFT JOIN uom_uom multiple ON multiple.id = par.replenishment_uom_id
                 WHERE par.id = ANY(%s)
                """,
                self.ids,
            )
        )
        return [_Row(*row) for row in rows]

    # ------------------------------------------------------------------ lead times

    def _medical_terms(self, rows):
        """How far each par level looks ahead, and in which packs it is bought.

        :return: {id: _Terms}
        """
        rules = self._medical_rules(rows)
        sellers = self._medical_sellers({row.template for row in rows})
        companies = self.env["res.company"].browse({row.company for row in rows})
        companies = {company.id: company for company in companies}
        today = fields.Date.today()
        known, result = {}, {}
        for row in rows:
            rule = rules[row.id]
            key = (rule, row.product, row.company, row.supplier)
            if key not in known:
                offers = [
                    offer
                    for offer in sellers.get(row.template, ())
                    if offer.fits(row.product, row.company)
                ]
                known[key] = self._medical_term(
                    rule, offers, row.supplier, companies[row.company], today
                )
            result[row.id] = known[key]
        return result

    def _medical_term(self, rule, offers, supplier, company, today):
        horizon = self.env.context.get("global_horizon_days", company.horizon_days)
        days = sum(r.delay for r in rule if r.action in ("pull", "pull_push"))
        bought = any(r.action == "buy" for r in rule)
        usual = select_seller(offers, None, today)
        chosen = next((offer for offer in offers if offer.key == supplier), None)
        if bought:
            if usual or chosen:
                days += (chosen or usual).lead + company.days_to_purchase
            else:
                days += 365  # the host's way to say that nobody delivers
        last = today + timedelta(days=int(days + horizon))
        ordered_on = today + timedelta(days=int(days))
        if usual:
            ordered_on -= timedelta(days=int(usual.lead))
        return _Terms(
            datetime.combine(last, time.max),
            offers if bought else [],
            chosen,
            max(ordered_on, today),
        )

    def _medical_rules(self, rows):
        """The stock rules that serve each par level, as the host finds them.

        The host asks for each location and product; rooms of a site that no rule names
        by itself share their answer, and so do products with the same routes.
        """
        named = set(
            self.env["stock.rule"]
            .search_fetch([], ["location_dest_id"])
            .location_dest_id.ids
        )
        places = self.env["stock.location"].browse({row.place for row in rows})
        places = {place.id: place for place in places}
        nearest = {}
        for row in rows:
            if row.place not in nearest:
                path = [int(part) for part in row.path.split("/")[:-1]]
                first = next((p for p in reversed(path) if p in named), 0)
                nearest[row.place] = (first, places[row.place].warehouse_id.id)
        products = {
            product.id: (product, tuple(product.route_ids.ids), product.categ_id.id)
            for product in self.env["product.product"].browse(
                {row.product for row in rows}
            )
        }
        found, result = {}, {}
        for row in rows:
            product, routes, category = products[row.product]
            key = (nearest[row.place], row.route, routes, category)
            if key not in found:
                found[key] = product._get_rules_from_location(
                    places[row.place],
                    route_ids=self.env["stock.route"].browse(row.route or ()),
                )
            result[row.id] = found[key]
        return result

    @api.model
    def _medical_sellers(self, template_ids):
        """Vendors' terms of these product templates.

        :return: {product template id: [Seller, ...]} as the host ranks them
        """
        terms = self.env["product.supplierinfo"].search_fetch(
            [
                ("product_tmpl_id", "in", list(template_ids)),
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
        :return: {id: (on hand, expired, incoming, outgoing)}, ids with any of it
        """
        if not horizons:
            return {}
        for model in ("stock.quant", "stock.move", "stock.location"):
            self.env[model].flush_model()
        rows = self.env.execute_query(self._medical_stock_sql(horizons))
        return {key: tuple(figures) for key, *figures in rows}

    def _medical_stock_sql(self, horizons):
        ids = list(horizons)
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
            SELECT par.id, coalesce(held.on_hand, 0)::float,
                   coalesce(held.expired, 0)::float,
                   coalesce(incoming.quantity, 0)::float,
                   coalesce(outgoing.quantity, 0)::float
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


class _Row(NamedTuple):
    """One par level; ids are 0 or None where there is none, quantities in units."""

    id: int
    product: int
    template: int
    place: int
    path: str
    company: int
    route: int | None
    supplier: int
    low: float
    high: float
    manual: float
    multiple: float


class _Terms(NamedTuple):
    """How one par level is supplied."""

    horizon: datetime
    offers: list
    chosen: Seller | None
    ordered_on: object

    def pack(self, need):
        """The vendor's pack in which ``need`` is bought, 0 for none."""
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
