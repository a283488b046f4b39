"""Reads what will move cash: open documents, pay, taxes, recurring amounts, history."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from odoo import fields

from ...tools.finance.cash.forecast import WEEKS, Flow, spans
from ...tools.finance.cash.rhythm import expected, rhythms
from ...tools.money import cents

# the rhythm of a partner is that of so many days; pay is the mean of so many pay dates
HISTORY_DAYS = 365
PAY_DATES = 3
# federal deposits are expected as early as a semiweekly depositor owes them
BANK_DAYS = 3
NEAR = 10


class CashReader:
    """Flows of one company from a day on, in a fixed number of queries."""

    def __init__(self, env: Any, company: Any, today: date) -> None:
        # sudo: called for the accountant and the cron; amounts of pay come in sums alone
        self.env = env["res.company"].sudo().with_company(company).env
        self.company = company
        self.today = today
        self.end = spans(today, WEEKS)[-1][1]

    def opening(self) -> Decimal:
        """Cash and bank accounts by posted entries, at the start of today."""
        rows = self.env["account.move.line"]._read_group(
            [
                ("company_id", "=", self.company.id),
                ("parent_state", "=", "posted"),
                ("account_id.account_type", "=", "asset_cash"),
                ("date", "<", self.today),
            ],
            [],
            ["balance:sum"],
        )
        return cents(rows[0][0])

    def flows(self) -> list[Flow]:
        """Everything that is expected to come or go, unsorted."""
        opened = self._open_documents()
        return [
            *opened,
            *self._recurring(opened),
            *self._pay(),
            *self._taxes(),
        ]

    def actual(self, start: date, end: date) -> list[tuple[date, Decimal]]:
        """(day, change of cash) of the posted entries, transfers within cash left out."""
        rows = self.env["account.move.line"]._read_group(
            [
                ("company_id", "=", self.company.id),
                ("parent_state", "=", "posted"),
                ("account_id.account_type", "=", "asset_cash"),
                ("date", ">=", start),
                ("date", "<=", end),
            ],
            ["date:day"],
            ["balance:sum"],
        )
        return [(fields.Date.to_date(day), cents(total)) for day, total in rows]

    # ------------------------------------------------------------------- the sources

    def _typical(self, kind: str) -> tuple[dict[int, int], int | None]:
        """Days to payment of the partners whose documents of a kind were settled."""
        self.env.cr.execute(
            """
            SELECT line.partner_id, max(pair.max_date) - coalesce(
                       min(line.invoice_date), min(line.date)) AS days
              FROM account_move_line line
              JOIN account_account account ON account.id = line.account_id
              JOIN account_partial_reconcile pair
                ON line.id IN (pair.debit_move_id, pair.credit_move_id)
             WHERE line.company_id = %(company)s AND line.reconciled
               AND line.partner_id IS NOT NULL AND line.date >= %(since)s
               AND account.account_type = %(kind)s
               AND line.balance * %(sign)s > 0
             GROUP BY line.id, line.partner_id
            """,
            {
                "company": self.company.id,
                "since": self.today - timedelta(days=HISTORY_DAYS),
                "kind": kind,
                "sign": 1 if kind == "asset_receivable" else -1,
            },
        )
        return rhythms(self.env.cr.fetchall())

    def _open_documents(self) -> list[Flow]:
        lines = self.env["account.move.line"].search_fetch(
            [
                ("company_id", "=", self.company.id),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("amount_residual", "!=", 0),
                (
                    "account_id.account_type",
                    "in",
                    ("asset_receivable", "liability_payable"),
                ),
            ],
            [
                "account_id",
                "amount_residual",
                "date",
                "date_maturity",
                "invoice_date",
                "move_id",
                "partner_id",
            ],
        )
        typical = {
            kind: self._typical(kind)
            for kind in ("asset_receivable", "liability_payable")
        }
        flows = []
        for line in lines:
            kind = line.account_id.account_type
            issued = line.invoice_date or line.date
            day = expected(
                issued,
                line.date_maturity or issued,
                line.partner_id.id,
                *typical[kind],
                self.today,
            )
            flows.append(
                Flow(
                    day,
                    cents(line.amount_residual),
                    "customer" if kind == "asset_receivable" else "bill",
                    line.move_id.display_name or "",
                    line.partner_id.id or None,
                    ("account.move", line.move_id.id),
                )
            )
        return flows

    def _recurring(self, opened: list[Flow]) -> list[Flow]:
        """Recurring amounts, but for those whose bill is open already."""
        rows = self.env["medical.finance.recurring"].search(
            [("company_id", "=", self.company.id)]
        )
        open_days: dict[int, list[date]] = defaultdict(list)
        for flow in opened:
            if flow.partner:
                open_days[flow.partner].append(flow.day)
        flows = []
        for day, amount, row in rows._flows(self.today, self.end):
            near = open_days.get(row.partner_id.id, ())
            if any(abs((other - day).days) <= NEAR for other in near):
                continue
            flows.append(
                Flow(
                    day,
                    cents(amount),
                    "recurring",
                    row.name,
                    row.partner_id.id or None,
                    ("medical.finance.recurring", row.id),
                )
            )
        return flows

    def _posted_pay(self) -> dict[str, tuple[Any, Decimal]]:
        """{kind: (posting, mean credit of the last pay dates)} of what pay is owed to."""
        postings = self.env["medical.payroll.posting"].search(
            [("company_id", "=", self.company.id), ("key", "in", (False, ""))]
        )
        owed = postings.filtered(
            lambda posting: posting.account_id.account_type == "liability_current"
        )
        rows = self.env["account.move.line"]._read_group(
            [
                ("company_id", "=", self.company.id),
                ("parent_state", "=", "posted"),
                ("account_id", "in", owed.account_id.ids),
                ("credit", ">", 0),
                ("date", ">", self.today - timedelta(days=120)),
                ("date", "<=", self.today),
                ("journal_id", "=", self.company.medical_payroll_journal_id.id),
            ],
            ["account_id", "date:day"],
            ["credit:sum"],
        )
        by_account: dict[int, list[tuple[date, float]]] = defaultdict(list)
        for account, day, total in rows:
            by_account[account.id].append((fields.Date.to_date(day), total))
        mean = {}
        for posting in owed:
            last = sorted(by_account.get(posting.account_id.id, ()))[-PAY_DATES:]
            if last:
                total = sum((cents(amount) for _day, amount in last), Decimal(0))
                mean[posting.kind] = (posting, cents(float(total / len(last))))
        return mean

    def _pay_dates(self) -> list[date]:
        """Pay dates ahead, by the schedules in use."""
        schedules = self.env["medical.payroll.schedule"].search(
            [("company_id", "=", self.company.id)]
        )
        days = {
            day
            for schedule in schedules
            for day in schedule._paydays(self.today, self.end)
        }
        return sorted(days)

    def _pay(self) -> list[Flow]:
        """Net pay on each pay date, and what the agencies are owed from it."""
        mean = self._posted_pay()
        flows = []
        for paid in self._pay_dates():
            for kind, (posting, amount) in mean.items():
                if kind == "net":
                    day = paid
                elif posting.due in ("941", "940", False):
                    day = paid + timedelta(days=BANK_DAYS)
                else:
                    day = posting._due_date(paid)
                if day <= self.end:
                    flows.append(
                        Flow(
                            day,
                            -amount,
                            "pay" if kind == "net" else "tax",
                            posting.display_name,
                            posting.partner_id.id or None,
                        )
                    )
        return flows

    def _taxes(self) -> list[Flow]:
        """Deposits that are due already, by their own amounts."""
        rows = self.env["medical.payroll.deposit"].search(
            [("company_id", "=", self.company.id), ("state", "=", "due")]
        )
        return [
            Flow(
                max(row.date_due, self.today),
                -cents(row.amount),
                "tax",
                row.display_name,
                row.partner_id.id or None,
                ("medical.payroll.deposit", row.id),
            )
            for row in rows
            if row.date_due <= self.end and row.amount
        ]
