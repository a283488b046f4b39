"""Working out the order proposals of a site: store first, only the rest is bought."""

from collections import defaultdict
from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...tools.supply.notes import note
from ...tools.supply.quantity import exact
from ...tools.supply.replenish import Shelf, days_left, plan
from ...tools.supply.vendor import Offer, choose
from .stock_orderpoint_figures import OPEN_MOVES
from .supply_words import reasons, units, working

DAYS_A_WEEK = 5
QUIET_DAYS = 7  # a rejected item is not proposed again so soon
FOREVER = 999.0  # days left of what nobody uses


class SupplyProposal(models.Model):
    _inherit = "medical.supply.proposal"

    @api.model
    def action_refresh(self):
        """Work the proposals of the user's companies out anew."""
        if not self.env.user.has_group("medical_office.core_group_head"):
            raise AccessError(self.env._("Department heads and above work out orders."))
        sites = self.env["stock.warehouse"].search(
            [
                ("medical_is_site", "=", True),
                ("company_id", "in", self.env.companies.ids),
            ]
        )
        # the arithmetic looks at all stock of the site, whoever asks for it
        self.sudo()._refresh(sites)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @api.model
    def _cron_refresh(self):
        """Every morning, for all sites."""
        self._refresh(
            self.env["stock.warehouse"].search([("medical_is_site", "=", True)])
        )

    @api.model
    def _refresh(self, sites, products=None):
        """Replace the untouched proposals of these sites by today's.

        What people asked for or raised stays; what they rejected stays quiet for a week.

        :param products: only these items; None for all
        :return: the new proposals
        """
        domain = [("medical_is_room", "=", True), ("warehouse_id", "in", sites.ids)]
        if products is not None:
            domain.append(("product_id", "in", products.ids))
        known = self.search(
            [("site_id", "in", sites.ids), ("source", "=", "need"), *self._still_said()]
        )
        touched = known.filtered(
            lambda line: line.requested_by_id or line.state != "draft"
        )
        quiet = {(line.site_id.id, line.product_id.id) for line in touched}
        stale = known - touched
        if products is not None:
            stale = stale.filtered(lambda line: line.product_id in products)
        stale.unlink()  # empties the cache, so before anything is read
        pars = self.env["stock.warehouse.orderpoint"].search(domain)
        groups = defaultdict(dict)
        for key, figure in pars._medical_now().items():
            groups[figure.site, figure.product][key] = figure
        return self.create(
            self._needs(
                {key: shelves for key, shelves in groups.items() if key not in quiet}
            )
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
        known = _Known(
            {place.id: place for place in places},
            self._store_positions(sites, products),
            self.env["stock.warehouse.orderpoint"]._medical_sellers(
                products.product_tmpl_id.ids
            ),
        )
        sites = {site.id: site for site in sites}
        products = {product.id: product for product in products}
        values = [
            self._need(sites[site], products[item], shelves, known)
            for (site, item), shelves in groups.items()
        ]
        return [one for one in values if one]

    @api.model
    def _need(self, site, product, shelves, known):
        """The proposal for one item at one site; None if nothing is to be bought.

        :param shelves: {par level's id: its Figures}
        """
        store = site._medical_store().id
        rooms = {k: figure for k, figure in shelves.items() if figure.place != store}
        kept = next((one for one in shelves.values() if one.place == store), None)
        # shelves above their reorder point, most of them, cost nothing more
        short = {
            k: figure for k, figure in rooms.items() if figure.forecast < figure.low
        }
        if not short and (not kept or kept.forecast >= kept.low):
            return None
        free, coming = known.positions.get((site.id, product.id), (0.0, 0.0))
        own = kept and self._shelf("store", kept)
        # what is on its way to the store is as good as there, when it comes to buying
        answer = plan(
            [self._shelf(str(k), figure) for k, figure in short.items()],
            units(free + coming),
            own,
        )
        if answer.to_buy <= 0:
            return None
        on_hand = sum(figure.on_hand for figure in shelves.values())
        week = sum(figure.week for figure in rooms.values())
        left = days_left(units(on_hand), week / DAYS_A_WEEK)
        lines = [
            f"{known.places[short[int(supply.key)].place].name}\n{working(supply.steps)}"
            for supply in answer.supplies
            if supply.to_buy
        ]
        if kept and answer.store_wanted:
            steps = [
                note("par_level", own.par),
                note("forecast", own.forecast, on_hand=own.on_hand),
            ]
            lines.append(f"{known.places[store].name}\n{working(steps)}")
        lines.append(working(answer.steps))
        first = kept or next(iter(shelves.values()))
        terms = self._terms_for(product, site, answer.to_buy, left, week, known.sellers)
        return {
            "company_id": site.company_id.id,
            "site_id": site.id,
            "department_id": known.places[first.place].medical_department_id.id,
            "product_id": product.id,
            "source": "need",
            "on_hand": on_hand,
            "on_order": coming + sum(figure.on_order for figure in rooms.values()),
            "week_use": week,
            "days_left": float(left) if left is not None else FOREVER,
            "needed": float(answer.to_buy),
            "working": "\n\n".join(lines),
            **terms,
        }

    @api.model
    def _shelf(self, key, figure):
        return Shelf(
            key,
            units(figure.on_hand),
            units(figure.forecast),
            units(figure.low),
            units(figure.high),
            units(figure.multiple or 1.0),
            figure.week / DAYS_A_WEEK,
        )

    # ------------------------------------------------------------------- the vendor

    @api.model
    def _terms_for(self, product, site, needed, left, week, sellers):
        """Vendor, packs and the reasons for them.

        :param needed: units
        :param left: working days that the stock lasts, or None
        :param week: use per week
        :param sellers: {product template id: [Seller, ...]}
        """
        rows = [
            row
            for row in sellers.get(product.product_tmpl_id.id, ())
            if row.fits(product.id, site.company_id.id)
        ]
        if not rows:
            return {
                "vendor_reason": reasons(
                    choose([], needed, fields.Date.today()).reasons
                )
            }
        by_offer = defaultdict(list)
        for row in rows:
            by_offer[row.vendor, row.pack, row.start, row.end].append(row)
        terms = self.env["product.supplierinfo"].browse([row.key for row in rows])
        named = {row.key: term for row, term in zip(rows, terms, strict=True)}
        offers = {}
        for (_vendor, pack, start, end), own in by_offer.items():
            first = named[own[0].key]
            offer = Offer(
                first.partner_id.name or "",
                tuple(
                    (units(row.minimum * pack), exact(row.discounted / pack))
                    for row in own
                    if row.price or product.medical_kind == "sample"
                ),
                units(pack),
                lead=own[0].lead * DAYS_A_WEEK / 7,
                contract=any(named[row.key].medical_contract_price for row in own),
                start=start,
                end=end,
            )
            offers[offer] = own
        most = None
        if product.use_expiration_date and product.expiration_time and week:
            most = units(week * product.expiration_time / 7)
        choice = choose(list(offers), needed, fields.Date.today(), left, most)
        if not choice.quote:
            return {"vendor_reason": reasons(choice.reasons)}
        quote = choice.quote
        own = offers[quote.offer]
        reached = [r for r in own if units(r.minimum * r.pack) <= quote.quantity] or own
        best = min(reached, key=lambda row: row.discounted)
        return {
            "supplierinfo_id": best.key,
            "packs": float(quote.quantity / quote.offer.pack),
            "vendor_reason": f"{working(quote.steps)}\n{reasons(choice.reasons)}",
        }

    @api.model
    def _best_terms(self, product, site, needed):
        """Vendor and packs for what somebody asks for."""
        sellers = self.env["stock.warehouse.orderpoint"]._medical_sellers(
            product.product_tmpl_id.ids
        )
        return self._terms_for(product, site, units(needed), None, 0.0, sellers)

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


class _Known(NamedTuple):
    """What is asked once for all proposals: locations by id, what the stores can give
    by site and item, and vendors' terms by product template."""

    places: dict
    positions: dict
    sellers: dict
