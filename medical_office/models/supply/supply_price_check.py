"""Price creep: what is billed above contract, above the order or above the last price."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models

from ...tools.supply.price import creep, over_received, plain_price
from ...tools.supply.quantity import exact
from ..core.core_check import CheckResult, CheckRow
from .supply_words import Words

LOOK_BACK = 90  # days: older bills have been paid or disputed


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    @api.model
    def _medical_open_bill_lines(self):
        """Lines of supplies on unpaid vendor bills that nobody released."""
        since = fields.Date.context_today(self) - timedelta(days=LOOK_BACK)
        lines = self.search(
            [
                ("move_id.move_type", "=", "in_invoice"),
                ("move_id.state", "in", ("draft", "posted")),
                ("move_id.payment_state", "in", ("not_paid", "partial")),
                ("product_id.medical_kind", "!=", False),
                ("quantity", ">", 0),
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
                item=self.product_id.name,
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
            contract, last = terms.get((line.product_id, line.partner_id), (None, None))
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

        Of several contracts in force with a vendor the lowest counts, of several list
        prices the vendor's first.

        :return: {(product, vendor): (contract or None, last or None)}
        """
        today = fields.Date.context_today(self)
        vendors = lines.partner_id
        found = defaultdict(lambda: (None, None))
        for term in self.env["product.supplierinfo"].search(
            [
                ("product_tmpl_id", "in", lines.product_id.product_tmpl_id.ids),
                ("partner_id", "in", (vendors | vendors.commercial_partner_id).ids),
                ("company_id", "in", [False, *lines.company_id.ids]),
            ]
        ):
            pack = Decimal(str(term.medical_pack or 1))
            holds = (
                not term.medical_contract_until or term.medical_contract_until >= today
            )
            products = term.product_id or term.product_tmpl_id.product_variant_ids
            for product in products:
                contract, last = found[product, term.partner_id]
                if term.medical_contract_price and holds:
                    agreed = Decimal(str(term.medical_contract_price)) / pack
                    contract = agreed if contract is None else min(contract, agreed)
                if last is None and term.price:
                    last = Decimal(str(term.price)) / pack
                found[product, term.partner_id] = (contract, last)
        result = dict(found)
        for product in lines.product_id:
            for vendor in vendors:
                above = found.get((product, vendor.commercial_partner_id))
                if above:
                    result.setdefault((product, vendor), above)
        return result

    # -------------------------------------------------------------------- quantities

    def _medical_over_received(self):
        """Which of these bill lines charge more than was received.

        All bills of an order line are looked at, the oldest covered first.

        :return: list of (line, quantity over, quantity received, money over); quantities
            in the unit of the order
        """
        ordered = self.purchase_line_id
        if not ordered:
            return []
        every = self.search(
            [
                ("purchase_line_id", "in", ordered.ids),
                ("move_id.state", "!=", "cancel"),
                ("move_id.move_type", "in", ("in_invoice", "in_refund")),
                ("display_type", "=", "product"),
            ]
        ).sorted(
            lambda line: (
                line.move_id.invoice_date or line.move_id.date or fields.Date.today(),
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
        factor = exact(self.product_uom_id.factor or 1)
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
