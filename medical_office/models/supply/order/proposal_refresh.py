"""Working out the order proposals of a site: store first, only the rest is bought."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from operator import itemgetter
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from ....engine.supply.figured import figured
from ....engine.supply.rows import renew_rows
from ....engine.supply.words import Words, units
from ....tools.supply.order.replenish import Shelf, days_left, plan
from ....tools.supply.order.vendor import Offer, choose
from ....tools.supply.quantity import exact
from ..site.move import OPEN_MOVES

DAYS_A_WEEK = 5
QUIET_DAYS = 7  # a rejected item is not proposed again so soon
FOREVER = 999.0  # days left of what nobody uses
_new = tuple.__new__  # half the time of calling the class, tens of thousands of times


class SupplyProposal(models.Model):
    _inherit = "medical.supply.proposal"

    def _refresh_title(self):
        return self.env._("calculate order proposals")

    def _refused_refresh(self):
        return self.env._("Only department heads and above can calculate orders.")

    @api.model
    def _cron_refresh(self):
        """Where a site fails, its items one by one: a bad one stops no other."""
        failed = super()._cron_refresh()
        faults, title = self.env["medical.core.job.fault"], self._refresh_title()
        known = faults.search(
            [("job", "=", title), ("res_model", "=", "product.product")]
        )
        products = self.env["product.product"]
        bad = products.browse()
        for site in failed:
            pars = self.env["stock.warehouse.orderpoint"].search(
                [("medical_is_room", "=", True), ("warehouse_id", "=", site.id)]
            )
            items = pars.product_id
            bad |= items - faults._each(
                title, items, lambda some, site=site: self._refresh(site, some)
            )
        # what goes well again at every site is no fault any more
        faults._keep(title, products.browse(known.mapped("res_id")) - bad, {})
        return failed

    @api.model
    def _refresh(self, sites, products=None):
        """Replace the untouched proposals of these sites by today's.

        What people asked for or raised stays; what they rejected stays quiet for a week.
        A proposal that today's arithmetic comes to again is left as it is.

        :param products: only these items; None for all
        :return: today's proposals
        """
        domain = [("medical_is_room", "=", True), ("warehouse_id", "in", sites.ids)]
        if products is not None:
            domain.append(("product_id", "in", products.ids))
        known = self.search_fetch(
            [
                ("site_id", "in", sites.ids),
                ("source", "=", "need"),
                *self._still_said(),
            ],
            ["site_id", "product_id", "requested_by_id", "state"],
        )
        touched = known.filtered(
            lambda line: line.requested_by_id or line.state != "draft"
        )
        quiet = {(line.site_id.id, line.product_id.id) for line in touched}
        stale = known - touched
        if products is not None:
            stale = stale.filtered(lambda line: line.product_id in products)
        # in any order: the host's would sort all par levels by their names
        pars = self.env["stock.warehouse.orderpoint"].search(domain, order="id")
        groups = defaultdict(dict)
        for key, figure in pars._medical_now().items():
            groups[figure.site, figure.product][key] = figure
        needs = self._needs(
            {key: shelves for key, shelves in groups.items() if key not in quiet}
        )
        # nobody follows what is worked out anew every morning
        return renew_rows(
            self.browse(), stale, needs, itemgetter("site_id", "product_id")
        )

    @api.model
    def _still_said(self):
        recent = fields.Datetime.now() - timedelta(days=QUIET_DAYS)
        return [
            "|",
            ("state", "=", "draft"),
            "&",
            ("state", "=", "rejected"),
            ("write_date", ">=", recent),
        ]

    # ---------------------------------------------------------------- what is lacking

    @api.model
    def _needs(self, groups):
        """The values of the proposals for these items and sites.

        :param groups: {(site id, product id): {par level's id: its Figures}}
        """
        sites = self.env["stock.warehouse"].browse({site for site, _item in groups})
        products = self.env["product.product"].browse({item for _site, item in groups})
        places = self.env["stock.location"].browse(
            {figure.place for shelves in groups.values() for figure in shelves.values()}
        )
        positions = self._store_positions(sites, products)
        vendors = self.env["stock.warehouse.orderpoint"]._medical_sellers(
            products.product_tmpl_id.ids
        )
        departments = {place.id: place.medical_department_id.id for place in places}
        sites = {site.id: (site._medical_store().id, site.company_id) for site in sites}
        # what is asked of an item is asked once, not at each site
        products = {product.id: product for product in products}
        terms, values, words = {}, [], Words(self.env)
        today = fields.Date.context_today(self)
        for (site, item), shelves in groups.items():
            store, company = sites[site]
            need = _need(shelves, store, positions.get((site, item)))
            if not need:
                continue
            if (item, company) not in terms:
                terms[item, company] = self._terms(products[item], company, vendors)
            values.append(
                {
                    "company_id": company.id,
                    "site_id": site,
                    "department_id": departments[need.place] or None,
                    "product_id": item,
                    "medical_kind": terms[item, company].kind,
                    "source": "need",
                    "state": "draft",
                    "on_hand": need.on_hand,
                    "on_order": need.on_order,
                    "week_use": need.week,
                    "days_left": FOREVER if need.left is None else float(need.left),
                    "needed": float(need.to_buy),
                    "figured": need.figured,
                    **self._terms_for(
                        terms[item, company],
                        words,
                        today,
                        need.to_buy,
                        need.left,
                        need.week,
                    ),
                }
            )
        return values

    # ------------------------------------------------------------------- the vendor

    @api.model
    def _terms(self, product, company, vendors):
        """What vendors offer a company for an item.

        :param vendors: {product template id: [Seller, ...]}
        :return: _ItemTerms
        """
        breaks = defaultdict(list)
        for row in vendors.get(product.product_tmpl_id.id, ()):
            if row.fits(product.id, company.id):
                breaks[row.vendor, row.pack, row.start, row.end].append(row)
        kind = product.medical_kind
        free = kind == "sample"
        offers = {
            Offer(
                rows[0].name,
                tuple(
                    (units(row.minimum * pack), exact(row.discounted / pack))
                    for row in rows
                    if row.price or free
                ),
                units(pack),
                lead=rows[0].lead * DAYS_A_WEEK / 7,
                contract=any(row.agreed for row in rows),
                start=start,
                end=end,
            ): rows
            for (_vendor, pack, start, end), rows in breaks.items()
        }
        keeps = product.expiration_time if product.use_expiration_date else 0
        prices = {
            row.key: company.currency_id.round(row.net)
            for rows in offers.values()
            for row in rows
        }
        return _ItemTerms(kind, keeps, offers, prices)

    @api.model
    def _terms_for(self, terms, words, day, needed, left=None, week=0.0):
        """Vendor, packs and price, and the reasons for them.

        :param terms: _ItemTerms
        :param words: Words, in which the reasons are said
        :param day: the one on which the prices hold
        :param needed: units
        :param left: working days that the stock lasts, or None
        :param week: use per week
        """
        most = units(week * terms.keeps / 7) if terms.keeps and week else None
        choice = choose(list(terms.offers), needed, day, left, most)
        if not choice.quote:
            return {
                "supplierinfo_id": None,
                "partner_id": None,
                "packs": 0.0,
                "vendor_reason": words.reasons(choice.reasons),
                **self._price_values(0.0, 1.0, 0.0, 0.0),
            }
        quote = choice.quote
        own = terms.offers[quote.offer]
        reached = [r for r in own if units(r.minimum * r.pack) <= quote.quantity] or own
        best = min(reached, key=lambda row: row.discounted)
        packs = float(quote.quantity / quote.offer.pack)
        return {
            "supplierinfo_id": best.key,
            "partner_id": best.vendor,
            "packs": packs,
            "vendor_reason": f"{words.working(quote.steps)}\n"
            f"{words.reasons(choice.reasons)}",
            **self._price_values(packs, best.pack, terms.prices[best.key], best.agreed),
        }

    @api.model
    def _best_terms(self, product, site, needed):
        """Vendor and packs for what somebody asks for, as values for ``create``."""
        vendors = self.env["stock.warehouse.orderpoint"]._medical_sellers(
            product.product_tmpl_id.ids
        )
        terms = self._terms(product, site.company_id, vendors)
        today = fields.Date.context_today(self)
        terms = self._terms_for(terms, Words(self.env), today, units(needed))
        return {
            key: terms[key] for key in ("supplierinfo_id", "packs", "vendor_reason")
        }

    # -------------------------------------------------------------------- the store

    @api.model
    def _store_positions(self, sites, products):
        """What the stores may give and what is on its way there.

        :return: {(site id, product id): (free units, units coming)}
        """
        stores = {site._medical_store().id: site.id for site in sites}
        self.env["stock.move"].flush_model()
        free = self.env["medical.supply.count"]._free(list(stores), products.ids)
        coming = defaultdict(float)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT coalesce(location_final_id, location_dest_id), product_id,
                       sum(product_qty)::float
                  FROM stock_move
                 WHERE state IN %(states)s AND product_id = ANY(%(products)s)
                   AND coalesce(location_final_id, location_dest_id) = ANY(%(stores)s)
                   AND location_id != coalesce(location_final_id, location_dest_id)
                 GROUP BY 1, 2
                """,
                states=OPEN_MOVES,
                products=products.ids,
                stores=list(stores),
            )
        )
        for store, product, quantity in rows:
            coming[store, product] += quantity
        asked, _by_site = products._get_quantity_in_progress(list(stores))
        for (product, store), quantity in asked.items():
            coming[store, product] += quantity
        return {
            (stores[store], product): (
                float(free.get((store, product), 0)),
                coming.get((store, product), 0.0),
            )
            for store, product in free.keys() | coming.keys()
        }


class _ItemTerms(NamedTuple):
    """An item as vendors sell it to a company: ``keeps`` are the days until it expires
    (0: it does not), ``offers`` {Offer: [Seller, ...]} with a vendor's price breaks
    together, ``prices`` {Seller's key: price of a pack in whole cents}."""

    kind: str
    keeps: int
    offers: dict
    prices: dict


class _Need(NamedTuple):
    """What one item lacks at one site, in units; ``left`` are working days (None:
    nobody uses it), ``place`` is the store, or a room where it has no par."""

    place: int
    on_hand: float
    on_order: float
    week: float
    left: Decimal | None
    to_buy: Decimal
    figured: dict


def _need(shelves, store, position):
    """What one item lacks at one site: the store gives first, the rest is bought.

    :param shelves: {par level's id: its Figures}
    :param store: the store's id
    :param position: free units in the store and units that come to it; None for none
    :return: _Need; None if nothing is to be bought
    """
    kept, short, on_hand, week, on_order = None, {}, 0.0, 0.0, 0.0
    for key, one in shelves.items():
        on_hand += one.on_hand
        if one.place == store:
            kept = kept or one
            continue
        week += one.week
        on_order += one.on_order
        # shelves above their reorder point, most of them, cost nothing more
        if one.forecast < one.low:
            short[key] = one
    if not short and (not kept or kept.forecast >= kept.low):
        return None
    free, coming = position or (0.0, 0.0)
    own = kept and _shelf("store", kept)
    # what is on its way to the store is as good as there, when it comes to buying
    answer = plan(
        [_shelf(str(key), one) for key, one in short.items()], units(free + coming), own
    )
    to_buy = answer.to_buy
    if to_buy <= 0:
        return None
    return _Need(
        (kept or next(iter(shelves.values()))).place,
        on_hand,
        coming + on_order,
        week,
        days_left(units(on_hand), week / DAYS_A_WEEK),
        to_buy,
        figured(answer, short, kept),
    )


def _shelf(key, figure):
    return _new(
        Shelf,
        (
            key,
            units(figure.on_hand),
            units(figure.forecast),
            units(figure.low),
            units(figure.high),
            units(figure.multiple or 1.0),
            figure.week / DAYS_A_WEEK,
        ),
    )
