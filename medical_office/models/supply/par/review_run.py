"""Working out a par review: use by day from one aggregate, the rest is pure."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from ....engine.supply.rows import insert_rows
from ....engine.supply.words import Words, units
from ....tools.supply.par.demand import LeadTime
from ....tools.supply.par.lead import lead_time
from ....tools.supply.par.policy import Item, Policy
from ....tools.supply.par.proposal import propose
from ....tools.supply.par.usage import Window

YEARS = 2
DEFAULT_REVIEW = 5
# smaller changes than that are noise, not worth a decision
MATERIAL_SHARE, MATERIAL_UNITS = 0.15, 1


class _Supply(NamedTuple):
    """How a shelf is filled: after how long, in which packs, and how we know."""

    lead: LeadTime
    pack: Decimal
    said: tuple = ()


# a room is filled from the store on the working day after its count, rarely later
FROM_STORE = _Supply(LeadTime(1.0, 0.3), Decimal(1))


class _Terms(NamedTuple):
    """An item: dollars a unit, working days it keeps (None: for ever), and how the
    store gets it."""

    cost: Decimal
    keeps: float | None
    bought: _Supply


class _Shelf(NamedTuple):
    """A par level with its use: ``days`` since the first day of the window, and the
    quantity of each. ``review`` are working days between two counts (0: not set)."""

    id: int
    place: int
    product: int
    low: float
    high: float
    minimum: float
    capacity: float
    since: date
    review: int
    days: list
    quantities: list


class SupplyReview(models.Model):
    _inherit = "medical.supply.review"

    @api.model
    def _review(self, sites):
        """Propose new levels for all shelves of these sites.

        :return: the reviews, one a site; open ones of before are closed
        """
        before = self.search([("site_id", "in", sites.ids), ("state", "=", "open")])
        before._pen().write({"state": "closed"})
        before._decision_sync()
        today = fields.Date.context_today(self)
        first = today - timedelta(days=365 * YEARS)
        reviews = self.create([{"site_id": site.id, "date": today} for site in sites])
        # site by site, so that a practice of any size fits into memory
        for review in reviews:
            review._propose(first, today - timedelta(days=1))
        reviews.invalidate_recordset(["line_ids"])
        reviews._decision_sync()
        return reviews

    def _propose(self, first, last):
        """Work out the levels of one site from its use between two days."""
        self.ensure_one()
        site = self.site_id.with_company(self.site_id.company_id)
        shelves = self._shelves(site, first)
        self.looked_at = len(shelves)
        if not shelves:
            return
        workdays = site._medical_workdays(first, last)
        window = Window(workdays, first, last)
        store = site._medical_store().id
        items = self._items(site, {shelf.product for shelf in shelves}, workdays)
        uses = {}
        given = defaultdict(list)
        for shelf in shelves:
            uses[shelf.id] = moves = [
                (first + timedelta(days=day), quantity)
                for day, quantity in zip(shelf.days, shelf.quantities, strict=True)
            ]
            # what all rooms use of an item is what the store has to give
            if shelf.place != store:
                given[shelf.product] += moves
        service = site.company_id.medical_service_level / 100
        words, values, failed = Words(site.env), [], {}
        for shelf in shelves:
            item = items[shelf.product]
            moves = given[shelf.product] if shelf.place == store else uses[shelf.id]
            supply = item.bought if shelf.place == store else FROM_STORE
            try:
                answer = propose(
                    # the item came with its par level, or its first use
                    window.usage(
                        moves, min([shelf.since, *(day for day, _used in moves)])
                    ),
                    supply.lead,
                    Policy(service=service, review=shelf.review or DEFAULT_REVIEW),
                    Item(
                        cost=item.cost,
                        pack=supply.pack,
                        shelf_days=item.keeps,
                        minimum=units(shelf.minimum),
                        capacity=units(shelf.capacity) if shelf.capacity else None,
                        par=units(shelf.high),
                        reorder=units(shelf.low),
                    ),
                )
            except (ArithmeticError, ValueError) as error:  # a bad shelf stops no other
                failed[shelf.id] = str(error) or type(error).__name__
                continue
            low, high = float(answer.reorder), float(answer.par)
            if not _is_worth_it(low, shelf.low) and not _is_worth_it(high, shelf.high):
                continue
            values.append(
                {
                    "review_id": self.id,
                    "company_id": self.company_id.id,
                    "orderpoint_id": shelf.id,
                    "product_id": shelf.product,
                    "room_id": shelf.place,
                    "old_reorder": shelf.low,
                    "old_par": shelf.high,
                    "reorder": low,
                    "par": high,
                    "new_reorder": low,
                    "new_par": high,
                    "week_use": answer.rate * workdays.per_week,
                    "method": answer.method,
                    "service": 100 * (answer.service or 0.0),
                    "money": (high - shelf.high) * float(item.cost),
                    "reason": words.reasons((*supply.said, *answer.notes)),
                    "decision": "open",
                }
            )
        insert_rows(self.line_ids, values)
        self.invalidate_recordset(["line_ids"])
        self.env["medical.core.job.fault"]._keep(
            self._review_title(),
            self.env["stock.warehouse.orderpoint"].browse(
                [shelf.id for shelf in shelves]
            ),
            failed,
        )

    @api.model
    def _shelves(self, site, first):
        """Par levels of a site with what was used from each by day, in one statement.

        :return: list of _Shelf
        """
        for model in ("stock.move", "stock.move.line", "stock.warehouse.orderpoint"):
            self.env[model].flush_model()
        rooms = self.env["stock.warehouse.orderpoint"]._read_group(
            [("warehouse_id", "=", site.id), ("medical_is_room", "=", True)],
            ["location_id"],
        )
        # ids rather than a subquery: the planner knows how much these rooms use
        moves = self.env["stock.warehouse.orderpoint"]._medical_moves_sql(
            first, [room.id for (room,) in rooms]
        )
        rows = self.env.execute_query(
            SQL(
                """
                WITH shelf AS (
                    SELECT par.*, room.medical_count_days
                      FROM stock_warehouse_orderpoint par
                      JOIN stock_location room ON room.id = par.location_id
                     WHERE par.warehouse_id = %(site)s AND par.medical_is_room
                       AND par.active
                ), used AS (
                    SELECT room, product_id, date::date - %(first)s::date AS day,
                           sum(quantity)::float AS quantity
                      FROM (%(moves)s) moves
                     GROUP BY 1, 2, 3
                ), history AS (
                    SELECT room, product_id, array_agg(day ORDER BY day) AS days,
                           array_agg(quantity ORDER BY day) AS quantities
                      FROM used
                     GROUP BY 1, 2
                )
                SELECT shelf.id, shelf.location_id, shelf.product_id,
                       coalesce(shelf.product_min_qty, 0)::float,
                       coalesce(shelf.product_max_qty, 0)::float,
                       coalesce(shelf.medical_minimum, 0)::float,
                       coalesce(shelf.medical_capacity, 0)::float,
                       shelf.create_date::date, coalesce(shelf.medical_count_days, 0),
                       coalesce(history.days, '{}'), coalesce(history.quantities, '{}')
                  FROM shelf
                  LEFT JOIN history ON history.room = shelf.location_id
                   AND history.product_id = shelf.product_id
                 ORDER BY shelf.location_id, shelf.id
                """,
                site=site.id,
                first=first,
                moves=moves,
            )
        )
        return [_Shelf(*row) for row in rows]

    @api.model
    def _items(self, site, product_ids, workdays):
        """What matters of the items of a site.

        :return: {product id: _Terms}
        """
        products = self.env["product.product"].browse(product_ids)
        products = products.with_company(site.company_id)
        vendors = self.env["stock.warehouse.orderpoint"]._medical_sellers(
            products.product_tmpl_id.ids
        )
        receipts = self._receipts(products, workdays)
        result = {}
        for product in products:
            offers = vendors.get(product.product_tmpl_id.id, ())
            seller = min(offers, key=lambda offer: offer.sequence, default=None)
            promised = workdays.of_calendar(seller.lead) if seller else None
            lead, said = lead_time(receipts.get(product.id, []), promised)
            pack = Decimal(max(int(seller.pack), 1)) if seller else Decimal(1)
            keeps = None
            if product.use_expiration_date and product.expiration_time:
                keeps = workdays.of_calendar(product.expiration_time)
            result[product.id] = _Terms(
                Decimal(str(product.standard_price)),
                keeps,
                _Supply(lead, pack, (said,)),
            )
        return result

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
