"""Working out the order proposals of a site: store first, only the rest is bought."""

from collections import defaultdict
from datetime import timedelta

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
        quiet = {(line.site_id, line.product_id) for line in touched}
        stale = known - touched
        if products is not None:
            stale = stale.filtered(lambda line: line.product_id in products)
        stale.unlink()  # empties the cache, so before anything is read
        pars = self.env["stock.warehouse.orderpoint"].search(domain)
        figures = pars._medical_now()
        sellers = pars._medical_sellers(pars.product_id.product_tmpl_id.ids)
        values = []
        for site, here in pars.grouped("warehouse_id").items():
            position = self._store_position(site, here.product_id)
            for product, shelves in here.grouped("product_id").items():
                if (site, product) not in quiet:
                    values += self._need(
                        site, product, shelves, figures, position, sellers
                    )
        return self.create(values)

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

    # --------------------------------------------------------------------- one item

    @api.model
    def _need(self, site, product, pars, figures, position, sellers):
        """The proposal for one item at one site, as a list of none or one."""
        store = site._medical_store()
        free, coming = position.get(product.id, (0.0, 0.0))
        rooms = [
            self._shelf(par, figures[par.id])
            for par in pars
            if par.location_id != store
        ]
        own = pars.filtered(lambda par: par.location_id == store)
        kept = self._shelf(own, figures[own.id]) if own else None
        # what is on its way to the store is as good as there, when it comes to buying
        answer = plan(rooms, units(free + coming), kept)
        if answer.to_buy <= 0:
            return []
        on_hand = sum(figures[par.id].on_hand for par in pars)
        on_order = coming + sum(
            figures[par.id].on_order for par in pars if par.location_id != store
        )
        week = sum(
            pars.filtered(lambda p: p.location_id != store).mapped("medical_week_use")
        )
        left = days_left(units(on_hand), week / DAYS_A_WEEK)
        lines = []
        for supply in answer.supplies:
            par = self.env["stock.warehouse.orderpoint"].browse(int(supply.key))
            if supply.to_buy:
                lines.append(f"{par.location_id.name}\n{working(supply.steps)}")
        if kept and answer.store_wanted:
            lines.append(
                f"{store.name}\n"
                + working(
                    [
                        note("par_level", kept.par),
                        note("forecast", kept.forecast, on_hand=kept.on_hand),
                    ]
                )
            )
        lines.append(working(answer.steps))
        terms = self._terms_for(product, site, answer.to_buy, left, week, sellers)
        return [
            {
                "company_id": site.company_id.id,
                "site_id": site.id,
                "department_id": (own or pars[:1]).location_id.medical_department_id.id,
                "product_id": product.id,
                "source": "need",
                "on_hand": on_hand,
                "on_order": on_order,
                "week_use": week,
                "days_left": float(left) if left is not None else FOREVER,
                "needed": float(answer.to_buy),
                "working": "\n\n".join(lines),
                **terms,
            }
        ]

    @api.model
    def _shelf(self, par, figure):
        pack = 1.0
        if par.replenishment_uom_id:
            pack = par.replenishment_uom_id.factor / par.product_uom.factor
        return Shelf(
            str(par.id),
            units(figure.on_hand),
            units(figure.forecast),
            units(par.product_min_qty),
            units(par.product_max_qty),
            units(pack),
            par.medical_week_use / DAYS_A_WEEK,
        )

    # ------------------------------------------------------------------- the vendor

    @api.model
    def _terms_for(self, product, site, needed, left, week, sellers):
        """Vendor, packs and the reasons for them."""
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
    def _store_position(self, site, products):
        """What the store may give and what is on its way there.

        :return: {product id: (free units, units coming)}
        """
        store = site._medical_store()
        for model in ("stock.quant", "stock.move"):
            self.env[model].flush_model()
        free = self.env["medical.supply.count"]._free(store, products.ids)
        coming = dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT move.product_id, sum(move.product_qty)
                      FROM stock_move move
                     WHERE move.state IN %(states)s
                       AND move.product_id = ANY(%(products)s)
                       AND coalesce(move.location_final_id, move.location_dest_id)
                           = %(store)s
                       AND move.location_id != %(store)s
                     GROUP BY move.product_id
                    """,
                    states=OPEN_MOVES,
                    products=products.ids,
                    store=store.id,
                )
            )
        )
        asked, _by_site = products._get_quantity_in_progress(store.ids)
        return {
            product.id: (
                float(free.get(product.id, 0)),
                float(coming.get(product.id, 0))
                + asked.get((product.id, store.id), 0.0),
            )
            for product in products
        }
