"""What a run owes, and the deposits by which it is paid: the tax calendar."""

from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

from ....engine.core.labels import labels_of
from ....engine.payroll.lawbook import by_law
from ....tools.dates import quarter, quarter_span
from ....tools.money import ZERO, money
from ....tools.payroll.returns import deposits
from ....tools.payroll.returns.penalty import penalty
from ...core.mixins.guard import ALL
from ..practice.posting import KINDS, make_moves

OWED = [(kind, label) for kind, label in KINDS[5:]]
PAY = ("core_group_payroll", "core_group_accountant")


class PayrollLiability(models.Model):
    """Dollars of one run, or of an insurer's sick pay, owed to one agency or payee."""

    _name = "medical.payroll.liability"
    _description = "Payroll Liability"
    _inherit = ["medical.core.guard"]
    _order = "date_due, kind, key, id"

    run_id = fields.Many2one(
        "hr.payslip.run", index=True, ondelete="restrict", readonly=True
    )
    opening_id = fields.Many2one(
        "medical.payroll.opening.balance",
        "Sick pay of an insurer",
        index="btree_not_null",
        ondelete="restrict",
        readonly=True,
    )
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(OWED, required=True, readonly=True, index=True)
    key = fields.Char("For", readonly=True)
    partner_id = fields.Many2one("res.partner", "Payee", readonly=True)
    account_id = fields.Many2one("account.account", required=True, readonly=True)
    amount = fields.Monetary(readonly=True, aggregator="sum")
    date_pay = fields.Date("Pay Date", required=True, readonly=True, index=True)
    deposit_id = fields.Many2one(
        "medical.payroll.deposit",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    date_due = fields.Date(related="deposit_id.date_due", store=True, index=True)
    state = fields.Selection(related="deposit_id.state", store=True)

    _one_source = models.Constraint(
        "CHECK ((run_id IS NULL) <> (opening_id IS NULL))",
        "What is owed comes from a pay run or from an insurer's sick pay.",
    )

    @api.depends("run_id.company_id", "opening_id.company_id")
    def _compute_company_id(self):
        for liability in self:
            source = liability.run_id or liability.opening_id
            liability.company_id = source.company_id

    @api.model
    def _keep(self, source, day, amounts, book):
        """Keep what a posted run or an insurer's sick pay owes, and lay it on deposits.

        :param source: the run, or the approved figures of the sick pay
        :param day: its pay date
        :param amounts: {(kind, key, payee): dollars}
        """
        of = "run_id" if source._name == "hr.payslip.run" else "opening_id"
        rows = []
        for (kind, key, payee), amount in amounts.items():
            posting = book.get((kind, key)) or book[kind, ""]
            rows.append(
                {
                    of: source.id,
                    "kind": kind,
                    "key": key,
                    "partner_id": payee or posting.partner_id.id,
                    "account_id": posting.account_id.id,
                    "amount": float(amount),
                    "date_pay": day,
                }
            )
        # who owes what by when follows from the run: the program alone says so
        made = self._pen().create(rows)
        made.env["medical.payroll.deposit"]._lay(made, book)
        return made


class PayrollDeposit(models.Model):
    """One payment to an agency or payee: due, then paid with its reference."""

    _name = "medical.payroll.deposit"
    _description = "Tax Deposit"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "date_due, kind, id"

    _transitions = {("due", "paid"): PAY}
    _editors = {"*": PAY}
    _locked = {"paid": ALL}
    _deletable_in = ()

    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(OWED, required=True, readonly=True)
    key = fields.Char("For", readonly=True)
    partner_id = fields.Many2one("res.partner", "Payee", readonly=True)
    date_due = fields.Date("Due", required=True, readonly=True, index=True)
    rule = fields.Char(readonly=True, help="Why it is due on that date.")
    state = fields.Selection(
        [("due", "To pay"), ("paid", "Paid")],
        default="due",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    liability_ids = fields.One2many(
        "medical.payroll.liability", "deposit_id", "Pay Dates", readonly=True
    )
    amount = fields.Monetary(compute="_compute_amount", store=True)
    date_paid = fields.Date("Paid on", copy=False, tracking=True)
    reference = fields.Char(
        copy=False,
        tracking=True,
        help="Confirmation number from EFTPS or the state.",
    )
    move_id = fields.Many2one("account.move", "Entry", readonly=True, copy=False)
    days_late = fields.Integer(compute="_compute_late")
    penalty = fields.Monetary("Penalty so far", compute="_compute_late")

    @api.depends("liability_ids.amount")
    def _compute_amount(self):
        for deposit in self:
            deposit.amount = sum(deposit.liability_ids.mapped("amount"))

    @api.depends("kind", "key", "date_due")
    def _compute_display_name(self):
        labels = labels_of(self, "kind")
        for deposit in self:
            what = " ".join(filter(None, [labels.get(deposit.kind), deposit.key]))
            payee = deposit.partner_id.name if deposit.partner_id else ""
            deposit.display_name = " · ".join(
                filter(None, [what, payee, format_date(self.env, deposit.date_due)])
            )

    @api.depends("date_due", "date_paid", "state", "amount")
    @by_law
    def _compute_late(self):
        """26 USC 6656, for federal taxes: what a late deposit costs by today."""
        today = fields.Date.context_today(self)
        for deposit in self:
            until = deposit.date_paid if deposit.state == "paid" else today
            late = (until - deposit.date_due).days if until and deposit.date_due else 0
            deposit.days_late = max(0, late)
            federal = deposit.kind in ("federal", "futa")
            deposit.penalty = (
                float(penalty(money(deposit.amount), deposit.date_due, until).amount)
                if late > 0 and federal and deposit.amount > 0
                else 0
            )

    def _locked_message(self, name):
        return self.env._("%s is paid and cannot be changed.", self.display_name)

    # -------------------------------------------------------------- the calendar

    @api.model
    @by_law
    def _lay(self, liabilities, book):
        """Lay new liabilities on deposits that are still to be paid, or on new ones."""
        for (kind, key, partner), own in liabilities.grouped(
            lambda item: (item.kind, item.key, item.partner_id)
        ).items():
            posting = book.get((kind, key)) or book[kind, ""]
            if kind == "federal":
                self._lay_federal(own, posting)
                continue
            if kind == "futa":
                self._lay_futa(own)
                continue
            for liability in own:
                due = posting._due_date(liability.date_pay)
                liability.deposit_id = self._find_or_make(
                    liability.company_id, (kind, key, partner), due, self._rule(posting)
                )

    @api.model
    def _rule(self, posting):
        return labels_of(posting, "due").get(posting.due, "")

    @api.model
    def _find_or_make(self, company, what, due, rule, quarter_of=None):
        """The deposit still to be paid on that day, or a new one.

        :param quarter_of: a pay date: the taxes of two quarters (and so of two years) are
            deposited apart, also where they are due on one day (Pub. 15, section 11)
        """
        kind, key, partner = what
        values = {
            "company_id": company.id,
            "kind": kind,
            "key": key,
            "partner_id": partner.id,
            "date_due": due,
        }
        domain = [
            *((name, "=", value) for name, value in values.items()),
            ("state", "=", "due"),
        ]
        if quarter_of:
            first, last = quarter_span(quarter_of.year, quarter(quarter_of))
            other = ["|", ("date_pay", "<", first), ("date_pay", ">", last)]
            domain.append(("liability_ids", "not any", other))
        there = self.search(domain, limit=1)
        return there or self.create({**values, "rule": rule})

    @api.model
    def _lay_federal(self, new, posting):
        """Date the year's federal deposits anew: a payday may bring another one forward
        (100,000 next-day rule). What is paid stays where it is."""
        company, years = new.company_id, {day.year for day in new.mapped("date_pay")}
        schedule = deposits.Schedule(company.medical_deposit_schedule or "monthly")
        for year in years:
            first, last = date(year, 1, 1), date(year, 12, 31)
            every = self.env["medical.payroll.liability"].search(
                [
                    ("company_id", "=", company.id),
                    ("kind", "=", "federal"),
                    ("date_pay", ">=", first),
                    ("date_pay", "<=", last),
                ]
            )
            by_day = {
                day: sum((money(item.amount) for item in own), ZERO)
                for day, own in every.grouped("date_pay").items()
            }
            due_of = {
                day: (item.due, item.rule)
                for item in deposits.calendar(by_day, schedule)
                for day in item.paydays
            }
            for day, own in (
                every.filtered(lambda item: item.state != "paid")
                .grouped("date_pay")
                .items()
            ):
                due, rule = due_of.get(
                    day, (deposits.due_date(day, schedule), schedule.value)
                )
                what = ("federal", "", own.partner_id[:1])
                own.deposit_id = self._find_or_make(company, what, due, rule, day)
            self.search(
                [
                    ("company_id", "=", company.id),
                    ("kind", "=", "federal"),
                    ("state", "=", "due"),
                    ("liability_ids", "=", False),
                ]
            ).unlink()

    @api.model
    def _lay_futa(self, new):
        """Date the year's unpaid federal unemployment tax anew: a quarter's tax is
        carried forward until it exceeds 500 dollars (26 CFR 31.6302(c)-3)."""
        for company, year in new.grouped(
            lambda item: (item.company_id, item.date_pay.year)
        ):
            every = self.env["medical.payroll.liability"].search(
                [
                    ("company_id", "=", company.id),
                    ("kind", "=", "futa"),
                    ("date_pay", ">=", date(year, 1, 1)),
                    ("date_pay", "<=", date(year, 12, 31)),
                    "|",
                    ("deposit_id", "=", False),
                    ("deposit_id.state", "!=", "paid"),
                ]
            )
            by_quarter = every.grouped(lambda item: quarter(item.date_pay))
            owed = [
                sum((money(item.amount) for item in by_quarter.get(number, ())), ZERO)
                for number in (1, 2, 3, 4)
            ]
            found = {
                quarter(day): (item.due, item.rule)
                for item in deposits.futa_calendar(year, owed)
                for day in item.paydays
            }
            for number, own in by_quarter.items():
                due, rule = found.get(number, (deposits.return_due(year, 4), ""))
                what = ("futa", own[:1].key, own.partner_id[:1])
                own.deposit_id = self._find_or_make(company, what, due, rule)
        self.search(
            [
                ("company_id", "in", new.company_id.ids),
                ("kind", "=", "futa"),
                ("state", "=", "due"),
                ("liability_ids", "=", False),
            ]
        ).unlink()

    # ---------------------------------------------------------------- the payment

    def action_pay(self):
        """Paid: with day and reference, and its entry in the books."""
        self._move_to("paid")
        return True

    def _before_paid(self):
        for deposit in self:
            if not (deposit.reference or "").strip():
                raise UserError(
                    self.env._(
                        "%s: enter the payment's confirmation number first.",
                        deposit.display_name,
                    )
                )
            day = deposit.date_paid or fields.Date.context_today(deposit)
            deposit._check_day_paid(day)
            deposit.date_paid = day
        self._post()

    def _check_day_paid(self, paid):
        """A payment may be scheduled ahead, up to the day it is due.

        :raises UserError: paid before anything was owed, or on a day to come after the due
            day
        """
        last = max(fields.Date.context_today(self), self.date_due)
        runs = self.liability_ids.run_id.filtered("medical_approved_at")
        first = min(
            [
                *self.liability_ids.mapped("date_pay"),
                *(run.company_id._medical_day(run.medical_approved_at) for run in runs),
            ],
            default=paid,
        )
        if not first <= paid <= last:
            raise UserError(
                self.env._(
                    "%(deposit)s: “Paid on” has to be a day from %(first)s to %(last)s.",
                    deposit=self.display_name,
                    first=format_date(self.env, first),
                    last=format_date(self.env, last),
                )
            )

    def _medical_made(self):
        """The entries of the payments."""
        return self.move_id

    def _post(self):
        """The entries of these deposits, made together."""
        # sudo: the right to write these entries is lent to who pays; the amounts are posted
        own = self.sudo()
        for company, deposits_of_it in own.grouped("company_id").items():
            bank = own.env["medical.payroll.bank"]._of(company)
            moves = make_moves(
                own.env,
                company,
                [
                    (d.display_name, d.date_paid, d._move_lines(bank), bank.journal_id)
                    for d in deposits_of_it
                ],
            )
            for deposit, move in zip(deposits_of_it, moves, strict=True):
                deposit._pen().move_id = move

    def _move_lines(self, bank):
        """What is owed leaves the liability account and the bank."""
        self.ensure_one()
        lines = []
        for account, items in self.liability_ids.grouped("account_id").items():
            amount = round(sum(items.mapped("amount")), 2)
            lines.append(
                {
                    "name": self.display_name,
                    "account_id": account.id,
                    "partner_id": self.partner_id.id,
                    "debit": max(amount, 0),
                    "credit": max(-amount, 0),
                }
            )
        lines.append(
            {
                "name": " · ".join([self.display_name, self.reference]),
                "account_id": bank.journal_id.default_account_id.id,
                "debit": max(-self.amount, 0),
                "credit": max(self.amount, 0),
            }
        )
        return lines
