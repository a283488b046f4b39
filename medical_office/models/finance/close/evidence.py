"""What the steps of a close look at, read from the records of the month as they are."""

from odoo import models
from odoo.exceptions import UserError
from odoo.tools.misc import format_amount, format_date

from ....tools.finance.category.propose import MAPPED_TYPES
from ....tools.money import cents
from ...core.evidence.evidence import Measure
from ...core.mixins.listing import shown

# so many are named; more would be a list that nobody reads
NAMED = 20
PAID = ("posted", "paid", "close")


class FinanceClose(models.Model):
    """Each ``_evidence_...`` returns core's :class:`Measure`: how many were looked at,
    how many are open, and which."""

    _inherit = "medical.finance.close"

    def _measured(self, evidence):
        """The evidence of one kind for this month.

        :param evidence: a key of ``task.EVIDENCE``
        :return: :class:`Measure`
        """
        self.ensure_one()
        return getattr(self, f"_evidence_{evidence}")()

    def _named(self, looked_at, names):
        """A measure of some open records, the first of them by name."""
        names = list(names)
        lines = shown(self.env, names, NAMED)
        return Measure(
            looked_at, len(names), "\n".join(lines) or self._clean(looked_at)
        )

    def _clean(self, looked_at):
        return self.env._("Looked at: %s. Nothing is open.", looked_at)

    def _in_month(self, field="date"):
        return [
            ("company_id", "=", self.company_id.id),
            (field, ">=", self.month),
            (field, "<=", self.date_end),
        ]

    def _evidence_bank(self):
        lines = self.env["medical.finance.bank.line"].search(self._in_month())
        left = lines.filtered(lambda line: line.state == "open")
        return self._named(
            len(lines),
            (
                self.env._(
                    "%(day)s %(text)s: %(amount)s",
                    day=format_date(self.env, line.date),
                    text=line.name,
                    amount=format_amount(self.env, line.amount, line.currency_id),
                )
                for line in left
            ),
        )

    def _explainers(self, evidence):
        """Who explained what a kind of evidence counts: whoever prepares does not agree."""
        users = self.env["res.users"]
        if evidence != "bank":
            return users
        lines = self.env["medical.finance.bank.line"].search(self._in_month())
        return lines.explained_by_id

    def _evidence_deposits(self):
        deposits = self.env["medical.finance.deposit"].search(self._in_month())
        left = deposits.filtered(lambda row: row.state != "approved")
        return self._named(len(deposits), left.mapped("display_name"))

    def _evidence_pay(self):
        runs = self.env["hr.payslip.run"].search(self._in_month("medical_date_pay"))
        left = runs.filtered(lambda run: run.state not in PAID)
        return self._named(len(runs), left.mapped("name"))

    def _evidence_supply(self):
        """Whether the books show what the supplies are worth, by the host's own closing
        entry: what it would post at the month's end is the difference."""
        company = self.company_id.with_env(self.env).with_company(self.company_id)
        products = self.env["product.product"].search_count(
            [("is_storable", "=", True), ("company_id", "in", (False, company.id))]
        )
        if not products:
            return Measure(0, 0, self._clean(0))
        try:
            with self.env.cr.savepoint():
                lines = company._action_close_stock_valuation(at_date=self.date_end)
        except UserError as problem:
            return Measure(products, 1, str(problem))
        amount = sum(cents(line.get("debit")) for line in lines)
        if not amount:
            return Measure(products, 0, self._clean(products))
        return Measure(
            products,
            1,
            self.env._(
                "Books and shelves differ: a closing entry of %s is to be posted.",
                format_amount(self.env, float(amount), company.currency_id),
            ),
        )

    def _evidence_adjusting(self):
        every = self.adjusting_ids
        left = every.filtered(
            lambda row: (
                row.state == "draft"
                or (row.state == "posted" and row.move_id.state != "posted")
            )
        )
        return self._named(len(every), left.mapped("display_name"))

    def _evidence_drafts(self):
        """Drafts beside the adjusting entries, which have a step of their own."""
        moves = self.env["account.move"]
        drafts = moves.search(
            [
                *self._in_month(),
                ("state", "=", "draft"),
                ("id", "not in", self.adjusting_ids.move_id.ids),
            ]
        )
        posted = moves.search_count([*self._in_month(), ("state", "=", "posted")])
        return self._named(posted + len(drafts), drafts.mapped("display_name"))

    def _evidence_categories(self):
        used = self.env["account.move.line"]._read_group(
            [
                *self._in_month(),
                ("parent_state", "=", "posted"),
                ("account_id.account_type", "in", list(MAPPED_TYPES)),
            ],
            ["account_id"],
        )
        left = [account for (account,) in used if not account.medical_category_id]
        return self._named(
            len(used),
            (account.with_company(self.company_id).display_name for account in left),
        )

    def _evidence_numbers(self):
        found = self.env["medical.finance.month"].search_count(
            [("company_id", "=", self.company_id.id), ("month", "=", self.month)]
        )
        if found:
            return Measure(1, 0, self._clean(1))
        return Measure(0, 1, self.env._("The monthly numbers are not entered."))

    def _evidence_variances(self):
        left = self.variance_ids.filtered(lambda row: row.state != "explained")
        return self._named(len(self.variance_ids), left.mapped("display_name"))

    def _evidence_balance(self):
        """Debit and credit of each journal, and what the month earned."""
        rows = self.env["account.move.line"]._read_group(
            [*self._in_month(), ("parent_state", "=", "posted")],
            ["journal_id"],
            ["debit:sum", "credit:sum", "__count"],
        )
        off = [
            self.env._(
                "%(journal)s: debit %(debit)s, credit %(credit)s",
                journal=journal.display_name,
                debit=cents(debit),
                credit=cents(credit),
            )
            for journal, debit, credit, _count in rows
            if cents(debit) != cents(credit)
        ]
        count = sum(count for *_sums, count in rows)
        if off:
            return self._named(count, off)
        profit = self.env["medical.finance.accrual"]._read_group(
            [
                *self._in_month(),
                ("parent_state", "=", "posted"),
                ("is_profit", "=", True),
            ],
            [],
            ["balance:sum"],
        )
        income = format_amount(
            self.env, -(profit[0][0] or 0), self.company_id.currency_id
        )
        return Measure(
            count,
            0,
            self.env._(
                "%(count)s lines, debit equals credit in every journal. Net income of "
                "the month: %(income)s.",
                count=count,
                income=income,
            ),
        )
