"""The checks of supplies: shelves, counts, lots, orders."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from ...core.check.answerable import finding
from ...core.check.check import SEVERITY_RANK, CheckResult, CheckRow

SHOWN = 3  # items or rooms named in a summary
FEW = 5  # rooms of one keeper at a site that have a line each; more share one
NEW_DAYS = 14  # a par level so young need not have been counted


class StockLocation(models.Model):
    _inherit = "stock.location"

    @api.model
    def _medical_named(self, products):
        names = ", ".join(products[:SHOWN].mapped("name"))
        return names + (", …" if len(products) > SHOWN else "")

    @api.model
    def _medical_row_per_keeper(self, found, summary, key=""):
        """Rows about rooms; where one person has many of them, one for the site.

        A practice with sixty rooms reads a dozen lines and opens the one that is theirs,
        instead of paging through hundreds.

        :param found: {room: (row, number that is summed up)}
        :param summary: called with the site's name, the rooms' names, how many rooms and
            the sum; gives the sentence
        :param key: tells several such sums of a site apart
        """
        keepers = {}
        for room, (row, number) in found.items():
            at = (room.medical_site_id, row.user_id, row.department_id)
            keepers.setdefault(at, {})[room] = (row, number)
        rows = []
        for (site, user_id, department_id), own in keepers.items():
            if len(own) <= FEW or not site:
                rows += [row for row, _number in own.values()]
                continue
            worst = max(
                (row for row, _number in own.values()),
                key=lambda row: SEVERITY_RANK.get(row.severity, 0),
            )
            rows.append(
                finding(
                    site,
                    summary(
                        site=site.name,
                        rooms=self._medical_named(self.browse().union(*own)),
                        count=len(own),
                        sum=sum(number for _row, number in own.values()),
                    ),
                    severity=worst.severity,
                    money_at_risk=sum(
                        row.money_at_risk for row, _number in own.values()
                    ),
                    user_id=user_id,
                    backup_id=worst.backup_id,
                    department_id=department_id,
                    key="/".join(map(str, (key, user_id or 0, department_id or 0))),
                )
            )
        return rows

    @api.model
    def _medical_check_below_minimum(self):
        """Rooms with items below their reorder point, a finding per room."""
        pars = self.env["stock.warehouse.orderpoint"].search_fetch(
            [("medical_is_room", "=", True)],
            ["location_id", "product_id", "medical_minimum"],
        )
        figures = pars._medical_now()
        short = pars.filtered(lambda par: figures[par.id].wanted > 0)
        rows, found = [], {}
        for room, here in short.grouped("location_id").items():
            gone = here.filtered(
                lambda par: (
                    figures[par.id].on_hand < max(par.medical_minimum, 0.01)
                )  # empty, or below what must be there
            )
            vital = gone.filtered("medical_minimum")
            row = finding(
                room,
                self.env._(
                    "%(room)s: items below their reorder point: %(count)s, of "
                    "these empty: %(empty)s (%(names)s)",
                    room=room.name,
                    count=len(here),
                    empty=len(gone),
                    names=self._medical_named((vital | gone | here).product_id),
                ),
                severity="critical" if vital else "high" if gone else "medium",
            )
            if vital:
                rows.append(row)  # never lost in a sum
            else:
                found[room] = (row, len(here))

        def summary(**facts):
            return self.env._(
                "%(site)s: rooms with items below their reorder point: %(count)s "
                "(%(rooms)s); items: %(sum)s",
                **facts,
            )

        return CheckResult(
            len(pars), rows + self._medical_row_per_keeper(found, summary)
        )

    @api.model
    def _medical_check_count_overdue(self):
        """Rooms whose shelf was not counted in its interval."""
        today = fields.Date.context_today(self)
        groups = self.env["stock.warehouse.orderpoint"]._read_group(
            [("medical_is_room", "=", True), ("medical_counted_on", "!=", False)],
            ["location_id"],
            ["medical_counted_on:max"],
        )
        found = {}
        for room, last in groups:
            days = room.medical_site_id._medical_workdays(last, today).between(
                last, today
            )
            if room.medical_count_days and days > room.medical_count_days:
                row = finding(
                    room,
                    self.env._(
                        "%(room)s: the shelf was last counted on %(day)s, working "
                        "days since: %(days)s",
                        room=room.name,
                        day=format_date(self.env, last),
                        days=days,
                    ),
                )
                found[room] = (row, 1)

        def summary(**facts):
            return self.env._(
                "%(site)s: shelves whose count is overdue: %(count)s (%(rooms)s)",
                **facts,
            )

        return CheckResult(len(groups), self._medical_row_per_keeper(found, summary))

    @api.model
    def _medical_check_never_counted(self):
        """Rooms with items that nobody ever counted."""
        before = fields.Datetime.now() - timedelta(days=NEW_DAYS)
        pars = self.env["stock.warehouse.orderpoint"]
        domain = [("medical_is_room", "=", True)]
        never = pars.search_fetch(
            [
                *domain,
                ("medical_counted_on", "=", False),
                ("create_date", "<", before),
            ],
            ["location_id", "product_id"],
        )
        found = {}
        for room, here in never.grouped("location_id").items():
            row = finding(
                room,
                self.env._(
                    "%(room)s: items never counted: %(count)s (%(names)s)",
                    room=room.name,
                    count=len(here),
                    names=self._medical_named(here.product_id),
                ),
            )
            found[room] = (row, len(here))

        def summary(**facts):
            return self.env._(
                "%(site)s: rooms with items never counted: %(count)s (%(rooms)s); "
                "items: %(sum)s",
                **facts,
            )

        return CheckResult(
            pars.search_count(domain), self._medical_row_per_keeper(found, summary)
        )

    @api.model
    def _medical_check_negative_stock(self):
        """Places where the books hold less than nothing."""
        quants = self.env["stock.quant"]
        domain = [
            ("location_id.usage", "=", "internal"),
            ("location_id.warehouse_id.medical_is_site", "=", True),
        ]
        looked_at = quants.search_count(domain)
        rows = []
        below = quants.search([*domain, ("quantity", "<", 0)])
        for place, here in below.grouped("location_id").items():
            rows.append(
                finding(
                    place,
                    self.env._(
                        "%(place)s: the books show less than zero of %(names)s. Count "
                        "the shelf.",
                        place=place.name,
                        names=self._medical_named(here.product_id),
                    ),
                    severity="high",
                )
            )
        return CheckResult(looked_at, rows)

    @api.model
    def _medical_check_expiry(self):
        """Lots on shelves that expired or will within 90 days, per room and window."""
        quants = self.env["stock.quant"]
        looked_at = quants.search_count([("quantity", ">", 0), ("lot_id", "!=", False)])
        near = quants.search(quants._medical_near_end())
        # quarantine and transit are nobody's shelf
        near = near.filtered(lambda q: q.location_id.warehouse_id.medical_is_site)
        windows = {
            "expired": ("high", self.env._(
                    "%(room)s: expired lots: %(count)s (%(names)s)"
                )),
            "30": ("medium", self.env._(
                "%(room)s: lots that expire within 30 days: %(count)s (%(names)s)")),
            "60": ("low", self.env._(
                "%(room)s: lots that expire within 60 days: %(count)s (%(names)s)")),
            "90": ("low", self.env._(
                "%(room)s: lots that expire within 90 days: %(count)s (%(names)s)")),
        }  # fmt: skip
        found = {window: {} for window in windows}
        groups = near.grouped(lambda q: (q.location_id, q._medical_window()))
        for (room, window), here in groups.items():
            severity, text = windows[window]
            row = finding(
                room,
                text
                % {
                    "room": room.name,
                    "count": len(here.lot_id),
                    "names": self._medical_named(here.product_id),
                },
                severity=severity,
                money_at_risk=sum(here.mapped("medical_cost_value")),
                key=window,
            )
            found[window][room] = (row, len(here.lot_id))
        sums = {
            "expired": self.env._(
                "%(site)s: rooms with expired lots: %(count)s (%(rooms)s); lots: %(sum)s"
            ),
            "30": self.env._(
                "%(site)s: rooms with lots that expire within 30 days: %(count)s "
                "(%(rooms)s); lots: %(sum)s"
            ),
            "60": self.env._(
                "%(site)s: rooms with lots that expire within 60 days: %(count)s "
                "(%(rooms)s); lots: %(sum)s"
            ),
            "90": self.env._(
                "%(site)s: rooms with lots that expire within 90 days: %(count)s "
                "(%(rooms)s); lots: %(sum)s"
            ),
        }
        rows = []
        for window, rooms in found.items():
            rows += self._medical_row_per_keeper(
                rooms, lambda text=sums[window], **facts: text % facts, window
            )
        return CheckResult(looked_at, rows)


class StockQuant(models.Model):
    _inherit = "stock.quant"

    def _medical_window(self):
        days = self.medical_days_left
        if self.expiration_date < fields.Datetime.now():
            return "expired"
        return next((str(limit) for limit in (30, 60) if days <= limit), "90")


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    @api.model
    def _medical_check_order_late(self):
        """Orders of supplies that should have arrived."""
        domain = [
            ("state", "=", "purchase"),
            ("order_line.product_id.medical_kind", "!=", False),
            ("receipt_status", "in", ("pending", "partial")),
        ]
        open_orders = self.search(domain)
        rows = []
        for order in open_orders:
            waiting = order.picking_ids.filtered(
                lambda picking: (
                    picking.state not in ("done", "cancel")
                    and picking.date_deadline
                    # what is due today may still come
                    and picking.company_id._medical_day(picking.date_deadline)
                    < picking.company_id._medical_today()
                )
            )
            if waiting:
                promised = min(waiting.mapped("date_deadline"))
                site = order.picking_type_id.warehouse_id
                rows.append(
                    CheckRow(
                        self._name,
                        order.id,
                        self.env._(
                            "%(order)s from %(vendor)s was promised for %(day)s and has "
                            "not arrived",
                            order=order.name,
                            vendor=order.partner_id.name,
                            day=format_date(self.env, promised),
                        ),
                        money_at_risk=order.amount_total,
                        user_id=order.user_id.id or site.medical_manager_id.id,
                        backup_id=site.medical_manager_id.id,
                        company_id=order.company_id.id,
                    )
                )
        return CheckResult(len(open_orders), rows)
