"""Price creep: what is billed above contract, above the order or above the last price."""

from datetime import timedelta, timezone
from decimal import Decimal

from odoo import api, fields, models

from ....engine.supply.words import Words
from ....tools.supply.order.price import creep, over_received, plain_price
from ....tools.supply.quantity import exact
from ...core.check.check import CheckResult, CheckRow

LOOK_BACK = 90  # days: older bills have been paid or disputed
BILLS = ("in_invoice", "in_receipt")  # the host pays a purchase receipt like a bill


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    @api.model
    def _medical_open_bill_lines(self):
        """Lines of supplies on unpaid vendor bills that nobody released."""
        since = fields.Date.context_today(self) - timedelta(days=LOOK_BACK)
        lines = self.search(
            [
                ("move_id.move_type", "in", BILLS),
                ("move_id.state", "in", ("draft", "posted")),
                ("move_id.payment_state", "in", ("not_paid", "partial")),
                ("quantity", ">", 0),
                # a line that bills an order of supplies under another name, too
                "|",
                ("product_id.medical_kind", "!=", False),
                ("purchase_line_id.product_id.medical_kind", "!=", False),
                "|",
                ("move_id.invoice_date", "=", False),
                ("move_id.invoice_date", ">=", since),
            ]
        )
        released = lines.move_id.filtered(lambda move: move.medical_hold == "released")
        return lines, lines.filtered(lambda line: line.move_id not in released)

    @api.model
    def _medical_check_price_creep(self):
        """Lines of unpaid vendor bills above contract, order or price list."""
        lines, waiting = self._medical_open_bill_lines()
        words = Words(self.env)
        rows = [
            line._medical_bill_row(
                words.say(note),
                severity="high" if note.code == "above_contract" else None,
                money_at_risk=float(note.amount or 0),
            )
            for line, note in waiting._medical_price_notes()
        ]
        return CheckResult(len(lines), rows)

    @api.model
    def _medical_check_over_received(self):
        """Lines of unpaid vendor bills that charge more than was received."""
        lines, waiting = self._medical_open_bill_lines()
        rows = [
            line._medical_bill_row(
                line._medical_over_text(over, received),
                severity=None if received else "high",
                money_at_risk=float(amount),
            )
            for line, over, received, amount in waiting._medical_over_received()
        ]
        return CheckResult(len(lines), rows)

    def _medical_bill_row(self, what, **values):
        return CheckRow(
            "account.move",
            self.move_id.id,
            self.env._(
                "%(bill)s, %(item)s: %(what)s",
                bill=self.move_id.display_name,
                item=self.product_id.name or self.name,
                what=what,
            ),
            company_id=self.company_id.id,
            user_id=self.purchase_line_id.order_id.user_id.id,
            key=str(self.id),
            **values,
        )

    # ------------------------------------------------------------------------ prices

    def _medical_price_notes(self):
        """What these bill lines charge above what was agreed, a unit of the bill.

        :return: list of (line, note); the note's amount is in the bill's currency
        """
        terms = self._medical_agreed(self)
        result = []
        for line in self:
            contract, last = terms[line]
            quantity = exact(line.quantity)
            if quantity <= 0 or line.price_subtotal < 0:
                continue
            pack = line._medical_pack()
            prices = (contract, last, line._medical_ordered_price())
            contract, last, ordered = (
                price and plain_price(price * pack) for price in prices
            )
            notes = creep(
                plain_price(exact(line.price_subtotal) / quantity),
                quantity,
                contract,
                last,
                exact(line.company_id.medical_price_tolerance),
                ordered,
            )
            result += [(line, note) for note in notes]
        return result

    def _medical_pack(self):
        """So many of the item's own unit are in one unit of this line."""
        own = self.product_id.uom_id.factor or 1
        return exact(self.product_uom_id.factor or own) / exact(own)

    def _medical_ordered_price(self):
        """Price of the item's own unit on the order, None without one in this currency."""
        ordered = self.purchase_line_id
        if not ordered or ordered.currency_id != self.currency_id:
            return None
        own = self.product_id.uom_id.factor or 1
        pack = exact(ordered.product_uom_id.factor or own) / exact(own)
        net = exact(ordered.price_unit) * (1 - exact(ordered.discount or 0) / 100)
        return net / pack

    @api.model
    def _medical_agreed(self, lines):
        """Contract price and price in the vendor's list, a unit of the item.

        Of several contracts with a vendor the lowest counts that was in force on the day
        of the order (without one: of the bill); of several list prices the first.

        :return: {line: (contract or None, last or None)}
        """
        vendors = lines.partner_id
        terms = self.env["product.supplierinfo"].search(
            [
                ("product_tmpl_id", "in", lines.product_id.product_tmpl_id.ids),
                ("partner_id", "in", (vendors | vendors.commercial_partner_id).ids),
                ("company_id", "in", [False, *lines.company_id.ids]),
            ]
        )
        by_item = terms.grouped("product_tmpl_id")
        result = {}
        for line in lines:
            day = line._medical_agreed_on()
            contract = last = None
            for term in by_item.get(line.product_id.product_tmpl_id, terms.browse()):
                if not line._medical_bound_by(term):
                    continue
                # in the bill's currency and the item's own unit
                unit = Decimal(
                    str(
                        term.currency_id._convert(
                            1, line.currency_id, line.company_id, day, round=False
                        )
                    )
                ) / Decimal(str(term.medical_pack or 1))
                until = term.medical_contract_until
                if term.medical_contract_price and (not until or until >= day):
                    agreed = Decimal(str(term.medical_contract_price)) * unit
                    contract = agreed if contract is None else min(contract, agreed)
                if last is None and term.price:
                    last = Decimal(str(term.price)) * unit
            result[line] = (contract, last)
        return result

    def _medical_agreed_on(self):
        """The day whose prices hold for this line; it does not move with the calendar,
        or a bill would be let go by waiting until the contract ends."""
        ordered = self.purchase_line_id.order_id.date_order
        if ordered:
            zone = self.company_id._medical_zone()
            return ordered.replace(tzinfo=timezone.utc).astimezone(zone).date()
        return self.move_id.invoice_date or fields.Date.context_today(self)

    def _medical_bound_by(self, term):
        """Whether a vendor's term is one of this line's vendor, item and company."""
        vendor = self.partner_id
        return (
            term.partner_id in vendor | vendor.commercial_partner_id
            and term.product_id in (self.product_id, self.env["product.product"])
            and term.company_id in (self.company_id, self.env["res.company"])
        )

    # -------------------------------------------------------------------- quantities

    def _medical_over_received(self):
        """Which of these bill lines charge more than was received.

        All bills of an order line are looked at: what was paid is covered first, then
        what is booked, then drafts, each the oldest first. A date that is typed on a
        bill does not take back what a paid bill has used up.

        :return: list of (line, quantity over, quantity received, money over); quantities
            in the unit of the order
        """
        ordered = self.purchase_line_id
        if not ordered:
            return []
        today = fields.Date.context_today(self)
        every = self.search(
            [
                ("purchase_line_id", "in", ordered.ids),
                ("move_id.state", "!=", "cancel"),
                ("display_type", "=", "product"),
                "|",
                ("move_id.move_type", "in", BILLS),
                # a credit note counts once it is booked: a draft credits nothing
                "&",
                ("move_id.move_type", "=", "in_refund"),
                ("move_id.state", "=", "posted"),
            ]
        ).sorted(
            lambda line: (
                line.move_id.payment_state == "not_paid",
                line.move_id.state != "posted",
                line.move_id.invoice_date or line.move_id.date or today,
                line.id,
            )
        )
        result = []
        for bought, lines in every.grouped("purchase_line_id").items():
            billed = [line._medical_in_unit_of(bought) for line in lines]
            received = exact(bought.qty_received)
            for line, quantity, over in zip(
                lines, billed, over_received(billed, received), strict=True
            ):
                if line in self and bought.product_uom_id.compare(float(over), 0) > 0:
                    money = round(exact(line.price_subtotal) * over / quantity, 2)
                    result.append((line, over, received, money))
        return result

    def _medical_in_unit_of(self, bought):
        """The quantity in the unit of the order line; of a credit note below 0."""
        sign = -1 if self.move_id.move_type == "in_refund" else 1
        factor = exact(self.product_uom_id.factor or bought.product_uom_id.factor or 1)
        return (
            sign
            * exact(self.quantity)
            * factor
            / exact(bought.product_uom_id.factor or 1)
        )

    def _medical_over_text(self, over, received):
        unit = self.purchase_line_id.product_uom_id.name
        if not received:
            return self.env._(
                "%(over)s %(unit)s billed, nothing received.",
                over=f"{over.normalize():f}",
                unit=unit,
            )
        return self.env._(
            "%(over)s %(unit)s billed beyond the %(received)s received.",
            over=f"{over.normalize():f}",
            received=f"{received.normalize():f}",
            unit=unit,
        )
