"""Price creep: what is ordered or billed above contract or above the last price."""

from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models

from ...tools.supply.price import creep
from ..core.core_check import CheckResult, CheckRow

LOOK_BACK = 90  # days: older bills have been paid or disputed


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    @api.model
    def _medical_check_price_creep(self):
        """Lines of unpaid vendor bills above contract, or above the last order's price."""
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
        terms = self._medical_agreed(lines)
        rows = []
        for line in lines:
            contract, last = terms.get((line.product_id, line.partner_id), (None, None))
            pack = line.product_uom_id.factor / (line.product_id.uom_id.factor or 1)
            notes = creep(
                Decimal(str(round(line.price_unit / (pack or 1), 6))),
                Decimal(str(line.quantity * pack)),
                contract,
                last,
                Decimal(str(line.company_id.medical_price_tolerance)),
            )
            for note in notes:
                rows.append(
                    CheckRow(
                        "account.move",
                        line.move_id.id,
                        self.env._(
                            "%(bill)s, %(item)s: %(what)s",
                            bill=line.move_id.display_name,
                            item=line.product_id.name,
                            what=note.english(),
                        ),
                        severity="high" if note.code == "above_contract" else None,
                        money_at_risk=float(note.amount or 0),
                        company_id=line.company_id.id,
                        user_id=line.purchase_line_id.order_id.user_id.id,
                        key=str(line.id),
                    )
                )
        return CheckResult(len(lines), rows)

    @api.model
    def _medical_agreed(self, lines):
        """Contract price and price in the vendor's list, a unit of the item.

        :return: {(product, vendor): (contract or None, last or None)}
        """
        today = fields.Date.context_today(self)
        result = {}
        for term in self.env["product.supplierinfo"].search(
            [
                ("product_tmpl_id", "in", lines.product_id.product_tmpl_id.ids),
                ("partner_id", "in", lines.partner_id.ids),
            ]
        ):
            pack = Decimal(str(term.medical_pack or 1))
            holds = (
                not term.medical_contract_until or term.medical_contract_until >= today
            )
            contract = (
                Decimal(str(term.medical_contract_price)) / pack
                if term.medical_contract_price and holds
                else None
            )
            last = Decimal(str(term.price)) / pack if term.price else None
            for product in term.product_tmpl_id.product_variant_ids:
                result[product, term.partner_id] = (contract, last)
        return result
