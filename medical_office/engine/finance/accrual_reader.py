"""Reads what belongs to a month and is not in its books: pay, goods, prepaid, wear."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from odoo.tools import format_date

from ...tools.dates import month_end
from ...tools.finance.close.accrual import worked_share
from ...tools.money import ZERO, cents, money, to_cents
from ...tools.payroll.books.posting import EXPENSES, HUNDRED, allot
from ..core.amounts import amount_text

# orders older than this are settled by hand
ORDER_DAYS = 365
WITH_DAYS = ("regular", "final")
Line = dict[str, Any]  # values of an account.move.line


@dataclass(frozen=True, slots=True)
class Proposal:
    """One entry that is proposed; ``lines`` add up to zero.

    :ivar key: tells the sources of one kind apart
    :ivar working: the arithmetic, in sentences for the accountant
    """

    kind: str
    key: str
    name: str
    amount: Decimal
    lines: list[Line]
    working: str = ""
    spread: int | bool = False
    is_estimate: bool = False


@dataclass(slots=True)
class _Pay:
    """Cost of a pay schedule's days of the month, by kind of cost and department."""

    sums: dict[tuple[str, int], Decimal] = field(
        default_factory=lambda: defaultdict(lambda: ZERO)
    )
    notes: list[str] = field(default_factory=list)
    is_estimate: bool = False


class AccrualReader:
    """Proposals of one company and month, in a number of queries that does not grow
    with the people or the prepaid amounts (goods: the host asks for each order)."""

    def __init__(self, env: Any, company: Any, month: date) -> None:
        self._env = env
        self._company = company
        self._end = month_end(month)

    def entries(self) -> Iterator[Proposal]:
        """Everything that is proposed for the month."""
        yield from self._spreads()
        yield from self._payroll()
        yield from self._receipts()

    # --------------------------------------------------------- prepaid, depreciation

    def _spreads(self) -> Iterator[Proposal]:
        rows = self._env["medical.finance.spread"].search(
            [
                ("company_id", "=", self._company.id),
                ("date_first", "<=", self._end),
            ]
        )
        for row, due in rows._due(self._end).items():
            center = row.department_id.medical_analytic_account_id
            yield Proposal(
                kind=row.kind,
                key=str(row.id),
                name=row.name,
                amount=due,
                lines=_pair(
                    row.name,
                    row.expense_account_id.id,
                    row.account_id.id,
                    due,
                    {str(center.id): 100} if center else False,
                ),
                working=self._env._(
                    "%(amount)s over %(months)s months from %(first)s, less what is "
                    "posted by now: %(due)s.",
                    amount=amount_text(self._env, cents(row.amount - row.salvage)),
                    months=row.months,
                    first=format_date(self._env, row.date_first),
                    due=amount_text(self._env, due),
                ),
                spread=row.id,
            )

    # ------------------------------------------------------------------------- pay

    def _payroll(self) -> Iterator[Proposal]:
        """Pay of days of the month that is posted later: by the slips of the period
        where they are there, else by those of the period before."""
        schedules = self._env["medical.payroll.schedule"].search(
            [("company_id", "=", self._company.id)]
        )
        for schedule in schedules:
            period = schedule._period_on(self._end)
            spans = [period]
            before = schedule._period_on(period.start - timedelta(days=1))
            if schedule._pay_date(before.end) > self._end:
                spans.insert(0, before)
            pay = _Pay()
            for span in spans:
                if schedule._pay_date(span.end) > self._end:
                    self._add_pay(pay, schedule, span)
            found = self._pay_proposal(schedule, pay)
            if found:
                yield found

    def _add_pay(self, pay: _Pay, schedule: Any, span: Any) -> None:
        slips = self._slips(schedule, span.start, span.end)
        if slips:
            hours = self._hours(slips.employee_id.ids, span.start, span.end)
            shares = {
                slip.id: worked_share(
                    slip.date_from,
                    slip.date_to,
                    self._end,
                    hours.get(slip.employee_id.id),
                )
                for slip in slips
            }
            self._add_slips(pay, slips, shares)
            pay.notes.append(
                self._env._(
                    "%(count)s payslips of %(start)s to %(end)s, by the days and hours "
                    "up to %(last)s.",
                    count=len(slips),
                    start=format_date(self._env, span.start),
                    end=format_date(self._env, span.end),
                    last=format_date(self._env, self._end),
                )
            )
            return
        last = self._last_slips(schedule, span.start)
        if not last:
            return
        share = worked_share(span.start, span.end, self._end)
        self._add_slips(pay, last, dict.fromkeys(last.ids, share))
        pay.is_estimate = True
        pay.notes.append(
            self._env._(
                "No payslips of %(start)s to %(end)s yet: %(percent)s %% of the "
                "%(count)s slips of the period before.",
                start=format_date(self._env, span.start),
                end=format_date(self._env, span.end),
                percent=(share * HUNDRED).quantize(Decimal("0.1")),
                count=len(last),
            )
        )

    def _slips(self, schedule: Any, start: date, end: date) -> Any:
        return self._env["hr.payslip"].search(
            [
                ("payslip_run_id.medical_schedule_id", "=", schedule.id),
                ("medical_kind", "in", WITH_DAYS),
                ("state", "!=", "cancel"),
                ("date_from", ">=", start),
                ("date_from", "<=", self._end),
                ("date_to", "<=", end),
                ("medical_date_pay", ">", self._end),
                ("medical_item_ids", "!=", False),
            ]
        )

    def _last_slips(self, schedule: Any, before: date) -> Any:
        run = self._env["hr.payslip.run"].search(
            [
                ("medical_schedule_id", "=", schedule.id),
                ("medical_kind", "=", "regular"),
                ("date_end", "<", before),
                ("slip_ids.medical_item_ids", "!=", False),
            ],
            order="date_end desc",
            limit=1,
        )
        return run.slip_ids.filtered(lambda slip: slip.state != "cancel")

    def _hours(self, people: list[int], start: date, end: date) -> dict[int, Any]:
        rows = self._env["medical.payroll.timesheet.line"]._read_group(
            [
                ("employee_id", "in", people),
                ("date", ">=", start),
                ("date", "<=", end),
                ("hours", ">", 0),
            ],
            ["employee_id", "date:day"],
            ["hours:sum"],
        )
        found: dict[int, dict[date, Decimal]] = defaultdict(dict)
        for employee, day, hours in rows:
            found[employee.id][_date(day)] = money(hours)
        return found

    def _add_slips(self, pay: _Pay, slips: Any, shares: dict[int, Decimal]) -> None:
        splits = {
            slip.id: [
                (split.department_id.id, money(split.percent))
                for split in slip.contract_id.medical_split_ids
            ]
            for slip in slips
        }
        rows = self._env["medical.payroll.item"]._read_group(
            [("slip_id", "in", slips.ids), ("code", "in", list(EXPENSES))],
            ["slip_id", "code", "department_id"],
            ["amount:sum"],
        )
        for slip, code, department, amount in rows:
            part = to_cents(cents(amount) * shares[slip.id])
            parts = splits[slip.id] or [(department.id or 0, HUNDRED)]
            for place, dollars in allot(part, parts):
                pay.sums[EXPENSES[code], place] += dollars

    def _pay_proposal(self, schedule: Any, pay: _Pay) -> Proposal | None:
        total = sum(pay.sums.values(), ZERO)
        if not total:
            return None
        postings = self._env["medical.payroll.posting"]
        book = postings._book(self._company)
        departments = self._env["hr.department"].browse(
            {place for _kind, place in pay.sums if place}
        )
        centers = {each.id: each.medical_analytic_account_id.id for each in departments}
        name = self._env._("Pay not posted yet: %s", schedule.name)
        lines = [
            {
                "name": name,
                "account_id": postings._of_entry(kind, "", place, book).account_id.id,
                "debit": float(max(amount, ZERO)),
                "credit": float(max(-amount, ZERO)),
                "analytic_distribution": (
                    {str(centers[place]): 100} if centers.get(place) else False
                ),
            }
            for (kind, place), amount in sorted(pay.sums.items())
            if amount
        ]
        lines.append(
            {
                "name": name,
                "account_id": self._company._medical_accrued_account().id,
                "debit": float(max(-total, ZERO)),
                "credit": float(max(total, ZERO)),
            }
        )
        return Proposal(
            kind="payroll",
            key=str(schedule.id),
            name=name,
            amount=total,
            lines=lines,
            working="\n".join(pay.notes),
            is_estimate=pay.is_estimate,
        )

    # ----------------------------------------------------------------------- goods

    def _receipts(self) -> Iterator[Proposal]:
        """Goods that came by the month's end and are billed later, by the host's own
        working of accrued orders; one entry for each currency."""
        lines = self._env["purchase.order.line"].search(
            [
                ("company_id", "=", self._company.id),
                ("order_id.state", "in", ("purchase", "done")),
                ("date_order", "<=", self._end + timedelta(days=1)),
                ("date_order", ">", self._end - timedelta(days=ORDER_DAYS)),
                ("product_id", "!=", False),
                ("qty_received", ">", 0),
            ]
        )
        for currency, those in lines.grouped("currency_id").items():
            found = self._accrued(currency, those)
            if found:
                yield found

    def _accrued(self, currency: Any, lines: Any) -> Proposal | None:
        account = self._company._medical_accrued_account()
        context = {
            "active_model": lines._name,
            "active_ids": lines.ids,
            "accrual_entry_date": self._end,
        }
        wizard = (
            self._env["account.accrued.orders.wizard"]
            .with_context(**context)
            .new(
                {
                    "company_id": self._company.id,
                    "date": self._end,
                    "account_id": account.id,
                    "journal_id": self._company._medical_close_journal().id,
                }
            )
        )
        values, _orders = wizard._compute_move_vals()
        found = [dict(command[2]) for command in values["line_ids"]]
        total = sum((cents(line["debit"]) for line in found), ZERO)
        if not total:
            return None
        for line in found:
            if line["account_id"] == account.id:
                line.pop("analytic_distribution", None)
        return Proposal(
            kind="receipts",
            key=currency.name,
            name=self._env._("Goods received and not billed"),
            amount=total,
            lines=found,
            working="\n".join(
                line["name"] for line in found if line["account_id"] != account.id
            ),
        )


def _pair(
    name: str, debit: int, credit: int, amount: Decimal, distribution: Any
) -> list[Line]:
    """A cost and what it is taken from; a negative amount the other way round."""
    up, down = float(max(amount, ZERO)), float(max(-amount, ZERO))
    return [
        {
            "name": name,
            "account_id": debit,
            "debit": up,
            "credit": down,
            "analytic_distribution": distribution,
        },
        {"name": name, "account_id": credit, "debit": down, "credit": up},
    ]


def _date(day: Any) -> date:
    """A day of a grouped read, whether it comes as a date or a moment."""
    found: date = day.date() if hasattr(day, "date") else day
    return found
