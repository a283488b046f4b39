"""The checks of controlled items: witnesses and explanations missing, inventory due,
stock that the log does not know."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL, float_is_zero

from ...core.check.answerable import finding
from ...core.check.check import CheckResult

INVENTORY_MONTHS = 24  # 21 CFR 1304.11(c): at least every two years
WARNING_DAYS = 30


class SupplyControlledLog(models.Model):
    _inherit = "medical.supply.controlled.log"

    @api.model
    def _medical_check_witness(self):
        """Wastage and counts that no second person has signed."""
        waiting = self.search([("state", "=", "waiting")])
        rows = [
            finding(
                entry,
                self.env._(
                    "%(entry)s in %(place)s is waiting for a witness",
                    entry=entry.display_name,
                    place=entry.location_id.name,
                ),
            )
            for entry in waiting
        ]
        return CheckResult(self.search_count([]), rows)

    @api.model
    def _medical_check_inventory(self):
        """Places with controlled items that were not inventoried in two years."""
        stock = self.env["stock.quant"]._read_group(
            [
                ("product_id.medical_kind", "=", "controlled"),
                ("quantity", ">", 0),
                ("location_id.usage", "=", "internal"),
                ("location_id.warehouse_id.medical_is_site", "=", True),
                ("medical_is_quarantined", "=", False),
            ],
            ["location_id"],
            ["product_id:recordset"],
        )
        done = {
            (place, product): last
            for place, product, last in self._read_group(
                [("is_inventory", "=", True), ("state", "=", "final")],
                ["location_id", "product_id"],
                ["at:max"],
            )
        }
        limit = (
            fields.Datetime.now()
            - relativedelta(months=INVENTORY_MONTHS)
            + relativedelta(days=WARNING_DAYS)
        )
        rows = []
        for room, products in stock:
            late = products.filtered(
                lambda product, room=room: (
                    not done.get((room, product)) or done[room, product] < limit
                )
            )
            if late:
                rows.append(
                    finding(
                        room,
                        self.env._(
                            "%(room)s: controlled items due for inventory: %(count)s "
                            "(%(names)s)",
                            room=room.name,
                            count=len(late),
                            names=room._medical_named(late),
                        ),
                    )
                )
        return CheckResult(sum(len(products) for _room, products in stock), rows)

    @api.model
    def _medical_check_balance(self):
        """Places whose stock of a controlled item is not what their log says."""
        held = {
            (place, product, lot): quantity
            for place, product, lot, quantity in self.env["stock.quant"]._read_group(
                [
                    ("product_id.medical_kind", "=", "controlled"),
                    ("location_id.usage", "=", "internal"),
                    ("location_id.warehouse_id.medical_is_site", "=", True),
                ],
                ["location_id", "product_id", "lot_id"],
                ["quantity:sum"],
            )
        }
        said = self._last_balances()
        wrong = {}
        for key in dict.fromkeys([*held, *said]):
            gap = held.get(key, 0.0) - said.get(key, 0.0)
            if not float_is_zero(gap, precision_digits=2):
                wrong.setdefault(key[0], []).append((key[1], gap))
        rows = [
            finding(
                room,
                self.env._(
                    "%(room)s: the stock of controlled items differs from their log "
                    "(%(items)s). Find out who changed it, then count with a witness.",
                    room=room.name,
                    items=", ".join(f"{item.name} {gap:+g}" for item, gap in gaps),
                ),
                severity="critical",
                money_at_risk=sum(abs(gap) * item.standard_price for item, gap in gaps),
            )
            for room, gaps in wrong.items()
        ]
        return CheckResult(len(held.keys() | said.keys()), rows)

    @api.model
    def _last_balances(self):
        """What the log says lies in each place of a site, by its last booking.

        A count that waited for its witness books nothing, so it tells only where nothing
        was booked yet.

        :return: {(place, product, lot): quantity}
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (entry.location_id, entry.product_id,
                                    coalesce(entry.lot_id, 0))
                       entry.location_id, entry.product_id, entry.lot_id, entry.balance
                  FROM medical_supply_controlled_log entry
                  JOIN stock_location place ON place.id = entry.location_id
                  JOIN stock_warehouse site ON site.id = place.warehouse_id
                   AND site.medical_is_site
                 WHERE coalesce(entry.change, 0) != 0 OR entry.kind = 'counted'
                 ORDER BY entry.location_id, entry.product_id,
                          coalesce(entry.lot_id, 0),
                          coalesce(entry.change, 0) != 0 DESC,
                          coalesce(entry.witnessed_at, entry.at) DESC,
                          entry.move_id DESC NULLS LAST, entry.id DESC
                """
            )
        )
        places = self.env["stock.location"].browse({row[0] for row in rows})
        items = self.env["product.product"].browse({row[1] for row in rows})
        lots = self.env["stock.lot"].browse({row[2] for row in rows if row[2]})
        places, items, lots = (
            {record.id: record for record in records}
            for records in (places, items, lots)
        )
        none = self.env["stock.lot"]
        return {
            (places[place], items[item], lots.get(lot, none)): float(balance or 0)
            for place, item, lot, balance in rows
        }


class SupplyDiscrepancy(models.Model):
    _inherit = "medical.supply.discrepancy"

    def _medical_difference_text(self):
        """How much is missing or over, as somebody would say it: "1 vial missing"."""
        self.ensure_one()
        unit = self.product_id.uom_id.name
        values = {
            "item": self.product_id.name,
            "place": self.location_id.name,
            "count": abs(self.difference),
            "unit": unit,
        }
        if abs(self.difference) == 1:
            if self.difference < 0:
                return self.env._("%(item)s in %(place)s: 1 %(unit)s missing", **values)
            return self.env._("%(item)s in %(place)s: 1 %(unit)s over", **values)
        if self.difference < 0:
            return self.env._(
                "%(item)s in %(place)s: missing %(count)g (unit: %(unit)s)", **values
            )
        return self.env._(
            "%(item)s in %(place)s: over by %(count)g (unit: %(unit)s)", **values
        )

    @api.model
    def _medical_check_discrepancy(self):
        """Differences of controlled items that two persons have not closed."""
        waiting = self.search([("state", "!=", "closed")])
        rows = [
            finding(
                one,
                one._medical_difference_text(),
                severity="high" if one.state == "explained" else "critical",
                money_at_risk=abs(one.difference) * one.product_id.standard_price,
            )
            for one in waiting
        ]
        return CheckResult(self.search_count([]), rows)
