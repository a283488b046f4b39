"""What was settled of provisional pay: which slip made up for which, and how much."""

from collections import defaultdict
from datetime import date

from odoo import api, fields, models

from ....engine.payroll.facts_reader import FactsReader
from ....tools.money import ZERO, money
from ....tools.payroll.law.lawtable import use
from ....tools.payroll.slip.slipfacts import Settled

# taxes of one pay period; those of the year make up for themselves in the next payment
PERIOD_TAXES = ("FIT", "SIT", "SOTH", "LIT")
SETTLING = ("regular", "final")


class PayrollLawSettlement(models.Model):
    """A part of a payslip that makes up for an earlier, provisional one."""

    _name = "medical.payroll.law.settlement"
    _description = "Provisional Pay Settled"
    _inherit = ["medical.core.guard"]
    _order = "slip_id, id"

    slip_id = fields.Many2one(
        "hr.payslip",
        "Settled in",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    of_id = fields.Many2one(
        "hr.payslip",
        "Provisional Payslip",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    company_id = fields.Many2one(related="slip_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    code = fields.Char(readonly=True)
    key = fields.Char(readonly=True)
    amount = fields.Monetary(readonly=True)
    whole = fields.Boolean(
        "Nothing Left",
        readonly=True,
        help="All tables had come: nothing of that payslip is settled again.",
    )

    @api.model
    def _due(self, slips, day):
        """{employee id: (Settled, ...)} that regular slips in the making make up for.

        :param slips: of one company and pay date, as superuser
        :param day: the pay date
        """
        own = slips.filtered(lambda slip: slip.medical_kind in SETTLING)
        company = own.company_id[:1]
        if not own or not self.env["medical.payroll.law.provision"]._ever(
            company, day.year
        ):
            return {}
        pending = self._pending(own, day)
        posted = self._posted(pending, own)
        found = defaultdict(list)
        for (start, end, paid_on), group in pending._by_dates().items():
            law = company._medical_law(paid_on)
            with use(law.book):
                pays = FactsReader(group, start, end, paid_on, again=True).pays()
            for slip in group:
                if pays[slip.id].problem:
                    continue
                found[slip.employee_id.id] += self._parts(
                    slip, pays[slip.id].items, posted[slip.id], whole=not law.remark
                )
        return {person: tuple(parts) for person, parts in found.items()}

    @api.model
    def _pending(self, slips, day):
        """Confirmed provisional slips of these people that are not settled for good."""
        settled = self._counting(slips).filtered("whole").of_id
        return self.env["hr.payslip"].search(
            [
                ("employee_id", "in", slips.employee_id.ids),
                ("company_id", "in", slips.company_id.ids),
                ("state", "=", "done"),
                ("medical_kind", "!=", "void"),
                ("medical_law", "like", "provisionally"),
                ("medical_date_pay", ">=", date(day.year, 1, 1)),
                ("medical_date_pay", "<", day),
                ("medical_voided", "=", False),
                ("id", "not in", settled.ids),
            ]
        )

    @api.model
    def _counting(self, slips):
        """What is settled for these people, but by the slips in the making."""
        return self.search(
            [
                ("of_id.employee_id", "in", slips.employee_id.ids),
                ("slip_id", "not in", slips.ids),
                ("slip_id.state", "=", "done"),
                ("slip_id.medical_voided", "=", False),
            ]
        )

    @api.model
    def _posted(self, pending, slips):
        """{slip id: {(code, key): dollars}} withheld so far for each of ``pending``."""
        found = defaultdict(lambda: defaultdict(lambda: ZERO))
        rows = self.env["medical.payroll.item"]._read_group(
            [("slip_id", "in", pending.ids), ("code", "in", PERIOD_TAXES)],
            ["slip_id", "code", "key"],
            ["amount:sum"],
        )
        for slip, code, key, amount in rows:
            found[slip.id][code, key or ""] += money(amount)
        # what that slip itself made up for is no tax of its own period
        for one in self.search([("slip_id", "in", pending.ids), ("code", "!=", False)]):
            found[one.slip_id.id][one.code, one.key or ""] -= money(one.amount)
        for one in self._counting(slips).filtered("code"):
            found[one.of_id.id][one.code, one.key or ""] += money(one.amount)
        return found

    @api.model
    def _parts(self, slip, items, was, *, whole):
        now, names = defaultdict(lambda: ZERO), {}
        for item in items:
            if item.code in PERIOD_TAXES:
                now[item.code, item.key] += item.amount
                names[item.code, item.key] = item.name
        day = slip.medical_date_pay
        parts = [
            Settled(
                code, key, names.get((code, key), code), amount, slip.id, day, whole
            )
            for code, key in sorted({*now, *was})
            if (amount := now[code, key] - was[code, key])
        ]
        return parts or [Settled("", "", "", ZERO, slip.id, day, whole)]

    @api.model
    def _keep(self, slips, pays):
        """The rows of slips that were just computed, in the place of older ones."""
        if not self.env["medical.payroll.law.provision"]._years():
            return
        # sudo: the calculation's own rows; nobody has the right to write them by hand
        rows = self.sudo()._pen()
        rows.search([("slip_id", "in", slips.ids)]).unlink()
        rows.create(
            [
                {
                    "slip_id": slip.id,
                    "of_id": part.of,
                    "code": part.code or False,
                    "key": part.key or False,
                    "amount": float(part.amount),
                    "whole": part.whole,
                }
                for slip in slips
                if slip.id in pays
                for part in pays[slip.id].settled
            ]
        )
