"""Working out a par review: use by day from one aggregate, the rest is pure."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools.supply.demand import LeadTime
from ...tools.supply.lead import lead_time
from ...tools.supply.par import propose
from ...tools.supply.policy import Item, Policy
from ...tools.supply.usage import Window
from .supply_words import reasons, units

YEARS = 2
# a room is filled from the store on the working day after its count, rarely later
FROM_STORE = LeadTime(1.0, 0.3)
DEFAULT_REVIEW = 5
# smaller changes than that are noise, not worth a decision
MATERIAL_SHARE, MATERIAL_UNITS = 0.15, 1


class SupplyReview(models.Model):
    _inherit = "medical.supply.review"

    @api.model
    def _review(self, sites):
        """Propose new levels for all shelves of these sites.

        :return: the reviews, one a site; open ones of before are closed
        """
        self.search(
            [("site_id", "in", sites.ids), ("state", "=", "open")]
        )._moving().write({"state": "closed"})
        today = fields.Date.context_today(self)
        first = today - timedelta(days=365 * YEARS)
        uses = self._uses(first)
        reviews = self.create([{"site_id": site.id, "date": today} for site in sites])
        for review in reviews:
            review._propose(first, today - timedelta(days=1), uses)
        return reviews

    @api.model
    def _uses(self, first):
        """Use by room, item and day.

        :return: {(room id, product id): [(date, quantity), ...]}
        """
        for model in ("stock.move", "stock.move.line"):
            self.env[model].flush_model()
        moves = self.env["stock.warehouse.orderpoint"]._medical_moves_sql(first)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT room, product_id, date::date, sum(quantity)
                  FROM (%s) moves
                 GROUP BY room, product_id, date::date
                """,
                moves,
            )
        )
        uses = defaultdict(list)
        for room, product, day, quantity in rows:
            uses[room, product].append((day, float(quantity)))
        return uses

    def _propose(self, first, last, uses):
        self.ensure_one()
        site = self.site_id
        pars = self.env["stock.warehouse.orderpoint"].search(
            [("warehouse_id", "=", site.id), ("medical_is_room", "=", True)]
        )
        self.looked_at = len(pars)
        if not pars:
            return
        workdays = site._medical_workdays(first, last)
        window = Window(workdays, first, last)
        sellers = pars._medical_sellers(pars.product_id.product_tmpl_id.ids)
        receipts = self._receipts(pars.product_id, workdays)
        store = site._medical_store()
        given = self._given_by_store(pars, store, uses)
        values = []
        for par in pars:
            is_store = par.location_id == store
            product = par.product_id
            moves = (
                given[product.id] if is_store else uses[par.location_id.id, product.id]
            )
            usage = window.usage(moves, since=self._since(par, moves))
            seller = next(iter(sorted(
                sellers.get(product.product_tmpl_id.id, ()), key=lambda s: s.sequence
            )), None)  # fmt: skip
            lead, pack, said = FROM_STORE, Decimal(1), ()
            if is_store:
                promised = workdays.of_calendar(seller.lead) if seller else None
                lead, note = lead_time(receipts.get(product.id, []), promised)
                said = (note,)
                pack = Decimal(max(int(seller.pack), 1)) if seller else pack
            answer = propose(
                usage, lead, self._policy(par), self._item(par, pack, workdays)
            )
            low, high = float(answer.reorder), float(answer.par)
            if not _is_worth_it(low, par.product_min_qty) and not _is_worth_it(
                high, par.product_max_qty
            ):
                continue
            values.append(
                {
                    "review_id": self.id,
                    "orderpoint_id": par.id,
                    "product_id": product.id,
                    "room_id": par.location_id.id,
                    "old_reorder": par.product_min_qty,
                    "old_par": par.product_max_qty,
                    "reorder": low,
                    "par": high,
                    "new_reorder": low,
                    "new_par": high,
                    "week_use": answer.rate * workdays.per_week,
                    "method": answer.method,
                    "service": 100 * (answer.service or 0.0),
                    "money": (high - par.product_max_qty) * product.standard_price,
                    "reason": reasons((*said, *answer.notes)),
                }
            )
        self.env["medical.supply.review.line"].create(values)

    @api.model
    def _since(self, par, moves):
        """When the item came to the shelf: with its par level, or its first use."""
        created = par.create_date.date()
        return min([created, *(day for day, _quantity in moves)])

    @api.model
    def _given_by_store(self, pars, store, uses):
        """What all rooms of the site use of an item is what its store has to give."""
        given = defaultdict(list)
        for par in pars:
            if par.location_id != store:
                given[par.product_id.id] += uses[par.location_id.id, par.product_id.id]
        return given

    @api.model
    def _policy(self, par):
        return Policy(
            service=par.company_id.medical_service_level / 100,
            review=par.location_id.medical_count_days or DEFAULT_REVIEW,
        )

    @api.model
    def _item(self, par, pack, workdays):
        product = par.product_id
        keeps = None
        if product.use_expiration_date and product.expiration_time:
            keeps = workdays.of_calendar(product.expiration_time)
        return Item(
            cost=Decimal(str(product.standard_price)),
            pack=pack,
            shelf_days=keeps,
            minimum=units(par.medical_minimum),
            capacity=units(par.medical_capacity) if par.medical_capacity else None,
            par=units(par.product_max_qty),
            reorder=units(par.product_min_qty),
        )

    @api.model
    def _receipts(self, products, workdays):
        """Working days from order to receipt, by product, oldest first."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT move.product_id, purchase.date_approve::date, move.date::date
                  FROM stock_move move
                  JOIN purchase_order_line line ON line.id = move.purchase_line_id
                  JOIN purchase_order purchase ON purchase.id = line.order_id
                 WHERE move.state = 'done' AND move.product_id = ANY(%s)
                   AND purchase.date_approve IS NOT NULL
                 ORDER BY move.date, move.id
                """,
                products.ids,
            )
        )
        days = defaultdict(list)
        for product, ordered, received in rows:
            days[product].append(workdays.between(ordered, received))
        return days


def _is_worth_it(new, old):
    """Whether the difference between two levels deserves somebody's attention."""
    return abs(new - old) > max(MATERIAL_UNITS, MATERIAL_SHARE * old)
