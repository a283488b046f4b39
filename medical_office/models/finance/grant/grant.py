"""What was granted: one department, one practice category, one month, one row a step."""

from collections import defaultdict
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_amount, format_date

from ....engine.core.months import short_month
from ....tools.dates import month_end
from ....tools.finance.category.propose import MAPPED_TYPES
from ....tools.money import ZERO, cents

KINDS = [("grant", "Grant"), ("revision", "Revision"), ("transfer", "Transfer")]


class FinanceGrant(models.Model):
    """A row of the budget; the program alone writes it, and it stays.

    A revision or a transfer is a further row, so the budget of a month is the sum of its
    rows and its history can be read. Statements read these rows as they are: account,
    debit, credit, dates and company are what MIS asks of a column, and the host's mixin
    cuts a month by days where a column shows a part of it.
    """

    _name = "medical.finance.grant"
    _description = "Granted Budget"
    _inherit = ["prorata.read_group.mixin", "medical.core.guard"]
    _order = "date_from desc, department_id, category_id, id"
    _deletable_in = frozenset()
    _strict_fields = frozenset({"debit", "credit", "department_id", "category_id"})

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    department_id = fields.Many2one(
        "hr.department", required=True, readonly=True, index=True, ondelete="restrict"
    )
    category_id = fields.Many2one(
        "medical.finance.category", required=True, readonly=True, ondelete="restrict"
    )
    account_id = fields.Many2one(
        "account.account",
        "Ledger Account",
        required=True,
        readonly=True,
        ondelete="restrict",
        help="Where statements show the amount; the budget itself is kept by category.",
    )
    date_from = fields.Date("Month", required=True, readonly=True, index=True)
    date_to = fields.Date("Last Day", required=True, readonly=True)
    debit = fields.Monetary(currency_field="company_currency_id", readonly=True)
    credit = fields.Monetary(currency_field="company_currency_id", readonly=True)
    balance = fields.Monetary(
        "Granted",
        currency_field="company_currency_id",
        compute="_compute_balance",
        store=True,
        precompute=True,
        aggregator="sum",
    )
    kind = fields.Selection(KINDS, "Step", required=True, readonly=True)
    request_line_id = fields.Many2one(
        "medical.finance.request.line",
        "Asked for by",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    transfer_id = fields.Many2one(
        "medical.finance.transfer",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    granted_by_id = fields.Many2one("res.users", readonly=True)
    note = fields.Char(readonly=True, help="How the amount came about.")

    _one_sided = models.Constraint(
        "CHECK (debit >= 0 AND credit >= 0 AND (debit = 0 OR credit = 0))",
        "A granted amount is debit or credit.",
    )
    _month = models.Index("(company_id, date_from, category_id, department_id)")

    @api.depends("debit", "credit")
    def _compute_balance(self):
        for row in self:
            row.balance = row.debit - row.credit

    @api.depends("department_id", "category_id", "date_from")
    def _compute_display_name(self):
        for row in self:
            row.display_name = ", ".join(
                filter(
                    None,
                    [
                        row.department_id.name or self.env._("Granted budget"),
                        row.category_id.name,
                        row.date_from and short_month(self.env, row.date_from),
                    ],
                )
            )

    # ------------------------------------------------------------------ closed months

    @api.model
    def _locked_until(self, company):
        """The last day of the closed books, or None."""
        # sudo: when the books were closed is asked to refuse, whoever may read it
        own = company.sudo()
        days = filter(None, [own.fiscalyear_lock_date, own.hard_lock_date])
        return max(days, default=None)

    @api.model
    def _is_closed(self, company, month):
        """Whether the books of the whole month are locked."""
        until = self._locked_until(company)
        return bool(until) and until >= month_end(month)

    @api.model
    def _check_open(self, company, months):
        """:raises UserError: naming the first of these months that is closed"""
        for month in sorted(months):
            if self._is_closed(company, month):
                raise UserError(
                    self.env._(
                        "%(month)s is closed: its budget is fixed. "
                        "Choose a month after %(until)s.",
                        month=short_month(self.env, month),
                        until=format_date(self.env, self._locked_until(company)),
                    )
                )

    # ------------------------------------------------------------------------ booking

    @api.model
    def _book(self, company, rows, kind, **links):
        """Write rows of the budget.

        :param rows: list of (department, category, account or empty, month, amount, note,
            values); a negative amount takes away
        :param links: values of every row
        :raises UserError: a month is closed, a category has no account, or what is granted
            would fall below zero
        """
        if not self._holds_pen():
            raise AccessError(self.env._("The budget is written by its requests only."))
        rows = [row for row in rows if row[4]]
        if not rows:
            return self
        self._check_open(company, {row[3] for row in rows})
        # nobody else changes the same budget between the sum and the row
        self.env.cr.execute(
            "SELECT pg_advisory_xact_lock(hashtext('medical.finance.grant'), %s)",
            [company.id],
        )
        accounts = self._accounts(company, {row[1] for row in rows if not row[2]})
        is_first = not self.search_count([("company_id", "=", company.id)], limit=1)
        made = self.create(
            [
                {
                    "company_id": company.id,
                    "department_id": department.id,
                    "category_id": category.id,
                    "account_id": (account or accounts[category]).id,
                    "date_from": month,
                    "date_to": month_end(month),
                    **self._sides(account or accounts[category], amount),
                    "kind": kind,
                    "granted_by_id": self.env.uid,
                    "note": note,
                    **links,
                    **values,
                }
                for department, category, account, month, amount, note, values in rows
            ]
        )
        made._check_not_negative()
        if is_first:
            self.env["medical.finance.statement"]._add_budgets(company)
        return made

    @api.model
    def _sides(self, account, amount):
        """A cost is debit and income credit; what is taken away stands opposite."""
        is_income = account.account_type.startswith("income")
        side = "credit" if (amount > 0) == is_income else "debit"
        return {side: float(abs(amount))}

    @api.model
    def _accounts(self, company, categories):
        """{category: the account of it that took most in the last year, or the first}

        :raises UserError: a category has no account
        """
        if not categories:
            return {}
        # sudo: which accounts there are, whoever may read the chart
        accounts = self.env["account.account"].sudo().with_company(company)
        found = accounts.search(
            [
                ("company_ids", "in", company.ids),
                ("medical_category_id", "in", [each.id for each in categories]),
                ("account_type", "in", list(MAPPED_TYPES)),
            ],
            order="code, id",
        )
        today = fields.Date.context_today(self)
        used = {
            account.id: abs(balance)
            for account, balance in self.env["account.move.line"]
            .sudo()  # sudo: as above; how much is not shown
            ._read_group(
                [
                    ("company_id", "=", company.id),
                    ("account_id", "in", found.ids),
                    ("date", ">=", today.replace(year=today.year - 1, day=1)),
                    ("parent_state", "=", "posted"),
                ],
                ["account_id"],
                ["balance:sum"],
            )
        }
        result = {}
        for category in categories:
            own = found.filtered(lambda a, c=category: a.medical_category_id.id == c.id)
            if not own:
                raise UserError(
                    self.env._(
                        "%s has no ledger account. Map one under Finance > Setup > Map "
                        "Accounts, or ask for another category.",
                        category.name,
                    )
                )
            result[category] = max(own, key=lambda account: used.get(account.id, 0))
        return result

    def _check_not_negative(self):
        """:raises UserError: less than nothing is granted for a department's category"""
        keys = {
            (row.department_id, row.category_id, row.date_from): row for row in self
        }
        company = self.company_id
        totals = self._totals(company, self.mapped("date_from"))
        for (department, category, month), row in keys.items():
            total = totals[department.id, category.id, month]
            is_income = row.account_id.account_type.startswith("income")
            if (-total if is_income else total) < ZERO:
                raise UserError(
                    self.env._(
                        "%(line)s: %(short)s more would be taken away than is granted. "
                        "Take less, or choose another line.",
                        line=row.display_name,
                        short=format_amount(
                            self.env, abs(float(total)), company.currency_id
                        ),
                    )
                )

    @api.model
    def _totals(self, company, months):
        """{(department id, category id, month): granted in cents} of whole months."""
        found = defaultdict(Decimal)
        # sudo: sums that decide, whichever department the user heads; without the mixin's
        # pro rata, since only whole months are asked for
        for department, category, month, balance in (
            self.sudo()
            .env["medical.finance.grant"]
            ._read_group(
                [("company_id", "=", company.id), ("date_from", "in", list(months))],
                ["department_id", "category_id", "date_from:day"],
                ["balance:sum"],
            )
        ):
            found[department.id, category.id, month] = cents(balance)
        return found
