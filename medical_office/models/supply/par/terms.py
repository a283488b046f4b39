"""How par levels are supplied: the stock rule, vendor, lead time and pack of each.

Par levels of one item that the same rules serve share their answer, so all of this is
asked once per item and site, not once per shelf.
"""

from collections import defaultdict
from datetime import datetime, time, timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from ....tools.supply.order.sellers import Seller, select_seller


class StockWarehouseOrderpoint(models.Model):
    _inherit = "stock.warehouse.orderpoint"

    def _medical_places(self):
        """Where these par levels are, and what lies inside each of these places.

        A stock rule names a location; it serves what lies in it. Rooms of a site that no
        rule names by itself are one and the same to the rules.

        :return: _Places
        """
        named = set(
            self.env["stock.rule"]
            .search_fetch([], ["location_dest_id"])
            .location_dest_id.ids
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id, parent_path, coalesce(warehouse_id, 0),
                       id IN (SELECT location_id FROM stock_warehouse_orderpoint
                               WHERE id = ANY(%s::int[]))
                  FROM stock_location
                 ORDER BY id
                """,
                integers(self.ids),
            )
        )
        own = {place for place, _path, _site, is_own in rows if is_own}
        numbers, anchors, tree = {}, {}, []
        for place, path, site, is_own in rows:
            above = [int(one) for one in reversed(path.split("/")[:-1])]
            tree += [(root, place) for root in above if root in own]
            if is_own:
                nearest = next((one for one in above if one in named), 0)
                anchors[place] = numbers.setdefault((nearest, site), len(numbers))
        return _Places(anchors, tree)

    @api.model
    def _medical_kinds(self, shelves, anchors):
        """Par levels, grouped by all that matters to their supply.

        :param shelves: rows of ``_medical_shelves_sql``
        :param anchors: see :class:`_Places`
        :return: the number of each one's kind, and the kinds: a list of _Kind
        """
        found, numbers = {}, []
        for shelf in shelves:
            own = shelf[-1]
            route, supplier = map(int, own[:2]) if own else (0, 0)
            kind = shelf[2], anchors[shelf[1]], shelf[3], route, supplier
            if kind not in found:
                found[kind] = len(found), shelf[1]
            numbers.append(found[kind][0])
        items = {
            item: rest
            for item, *rest in self.env.execute_query(
                SQL(
                    """
                    SELECT item.id, item.product_tmpl_id, unit.factor::float,
                           EXISTS (SELECT FROM product_supplierinfo seller
                                    WHERE seller.product_tmpl_id = template.id)
                      FROM product_product item
                      JOIN product_template template ON template.id = item.product_tmpl_id
                      JOIN uom_uom unit ON unit.id = template.uom_id
                     WHERE item.id = ANY(%s::int[])
                    """,
                    integers({product for product, *_rest in found}),
                )
            )
        }
        kinds = [
            _Kind(product, *items[product], *rest, place)
            for (product, *rest), (_number, place) in found.items()
        ]
        return numbers, kinds

    def _medical_terms(self, kinds, ahead):
        """How far each kind looks ahead, and in which packs it is bought.

        :return: list of _Terms in the order of ``kinds``
        """
        rules = self._medical_rules(kinds)
        sellers = self._medical_sellers({kind.template for kind in kinds})
        companies = self.env["res.company"].browse({kind.company for kind in kinds})
        companies = {company.id: company for company in companies}
        lead = self.env.context.get("global_horizon_days")
        today = fields.Date.today()
        found, result = {}, []
        for kind, rule in zip(kinds, rules, strict=True):
            # items of one company that the same rules serve, at whatever site
            key = kind.product, kind.company, kind.supplier, rule
            if key not in found:
                company = companies[kind.company]
                days = company[ahead]
                if ahead == "horizon_days" and lead is not None:
                    days = lead
                offers = [
                    offer
                    for offer in sellers.get(kind.template, ())
                    if offer.fits(kind.product, kind.company)
                ]
                found[key] = self._medical_term(
                    rule, offers, kind.supplier, company, today, days
                )
            result.append(found[key])
        return result

    def _medical_term(self, rule, offers, supplier, company, today, ahead):
        days, bought = rule
        usual = select_seller(offers, None, today)
        chosen = next((offer for offer in offers if offer.key == supplier), None)
        if bought:
            if usual or chosen:
                days += (chosen or usual).lead + company.days_to_purchase
            else:
                days += 365  # the host's way to say that nobody delivers
        last = today + timedelta(days=int(days + ahead))
        ordered_on = today + timedelta(days=int(days))
        if usual:
            ordered_on -= timedelta(days=int(usual.lead))
        return _Terms(
            datetime.combine(last, time.max),
            offers if bought else [],
            chosen,
            max(ordered_on, today),
        )

    def _medical_rules(self, kinds):
        """What the stock rules that serve each kind say, as the host finds them.

        The host asks for each location and product; products with the same routes share
        their answer here.

        :return: list of (days that transfers take, whether it is bought) in the order
            of ``kinds``
        """
        items = self.env["product.template"].browse({kind.template for kind in kinds})
        routes = {item.id: (item.route_ids._ids, item.categ_id.id) for item in items}
        # read together, not one by one
        places = self.env["stock.location"].browse({kind.place for kind in kinds})
        places = {place.id: place for place in places}
        found, result = {}, []
        for kind in kinds:
            # the host buys by a site's rules what has a vendor
            key = kind.anchor, kind.route, kind.is_sold, routes[kind.template]
            if key not in found:
                item = self.env["product.product"].browse(kind.product)
                rules = item._get_rules_from_location(
                    places[kind.place],
                    route_ids=self.env["stock.route"].browse(kind.route or ()),
                )
                found[key] = (
                    sum(r.delay for r in rules if r.action in ("pull", "pull_push")),
                    any(r.action == "buy" for r in rules),
                )
            result.append(found[key])
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
                    name=term.partner_id.name or "",
                    agreed=term.medical_contract_price,
                    discount=term.discount or 0.0,
                )
            )
        return result


def integers(numbers):
    """An array as the database reads it fastest: fifty thousand numbers as an SQL
    expression take longer to parse than to look up."""
    return f"{{{','.join(map(str, numbers))}}}"


class _Places(NamedTuple):
    """``anchors``: {location id: number of what stock rules can tell apart}; ``tree``:
    [(location id, id of one that lies in it, or itself), ...]"""

    anchors: dict
    tree: list


class _Kind(NamedTuple):
    """Par levels that are supplied alike: what they have in common (ids, 0 for none; the
    factor of the item's unit; whether anybody sells it; the number of the ``anchor``),
    and one of their places."""

    product: int
    template: int
    unit: float
    is_sold: bool
    anchor: int
    company: int
    route: int
    supplier: int
    place: int


class _Terms:
    """How one kind of par level is supplied.

    ``horizon`` is the last moment that counts, ``offers`` what can be bought, ``chosen``
    the vendor whom the par level names, ``ordered_on`` the day of the order.
    """

    __slots__ = ("_offers", "_on", "_pack", "horizon")

    def __init__(self, horizon, offers, chosen, ordered_on):
        self.horizon = horizon
        self._offers, self._on = offers, ordered_on
        self._pack = None
        if not offers:
            self._pack = 0.0
        elif chosen:
            self._pack = chosen.pack
        elif len({offer.pack for offer in offers}) == 1 and not any(
            offer.minimum > 0 or offer.start or offer.end for offer in offers
        ):
            # whoever is selected, and for any need
            self._pack = offers[0].pack

    def pack(self, need):
        """The vendor's pack in which ``need`` is bought, 0 for none."""
        if self._pack is not None:
            return self._pack
        seller = select_seller(self._offers, need, self._on)
        return seller.pack if seller else 0.0
