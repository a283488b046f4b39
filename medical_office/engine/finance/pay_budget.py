"""What departments were granted for pay, and what their people cost: three queries."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from odoo import fields, models

from ...tools.dates import month_end
from ...tools.finance.budget.draft import RECENT_MONTHS
from ...tools.finance.budget.phase import shift
from ...tools.money import ZERO, cents, to_cents
from ...tools.people.pay.budget import YEAR, PayBudget
from .budget_reader import PAY_SECTIONS

# booked among staff and providers, but paid by bills and not by payroll
BY_BILL = ("staff_contract", "provider_consultant")


def pay_budgets(
    departments: models.BaseModel, day: date
) -> dict[int, PayBudget | None]:
    """{department id: PayBudget} for the twelve months from the month of a day on.

    What people cost is what they were paid in the last three whole months with the
    employer's taxes and benefits, plus raises in force since; who came later counts from
    the first pay run.

    :param departments: with the rights to read grants and pay
    """
    first = day.replace(day=1)
    granted = _granted(departments, first)
    found: dict[int, PayBudget | None] = dict.fromkeys(departments.ids)
    if not granted:
        return found
    monthly = _monthly(departments.browse(granted))
    for department, months in granted.items():
        found[department] = PayBudget(
            first=min(months),
            last=max(months),
            months=len(months),
            granted=sum(months.values(), ZERO),
            needed=to_cents(monthly[department] * len(months)),
        )
    return found


def _granted(
    departments: models.BaseModel, first: date
) -> dict[int, dict[date, Decimal]]:
    """{department id: {month: dollars granted for pay}}."""
    found: dict[int, dict[date, Decimal]] = defaultdict(dict)
    for department, month, balance in departments.env[
        "medical.finance.grant"
    ]._read_group(
        [
            ("department_id", "in", departments.ids),
            ("date_from", ">=", first),
            ("date_from", "<", shift(first, YEAR)),
            ("category_id.section", "in", PAY_SECTIONS),
            ("category_id.code", "not in", BY_BILL),
        ],
        ["department_id", "date_from:month"],
        ["balance:sum"],
    ):
        found[department.id][fields.Date.to_date(month)] = cents(balance)
    return dict(found)


def _monthly(departments: models.BaseModel) -> dict[int, Decimal]:
    """{department id: dollars a month that its people cost}."""
    env = departments.env
    today = fields.Date.context_today(departments)
    last = month_end(shift(today.replace(day=1), -1))
    first = shift(last.replace(day=1), 1 - RECENT_MONTHS)
    people: Any = env["hr.employee"].search([("department_id", "in", departments.ids)])
    monthly: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for person, sums in people._medical_pay_of_year(first, last).items():
        total = sum((cents(amount) for amount in sums.values()), ZERO)
        monthly[person.department_id.id] += total / RECENT_MONTHS
    for change in env["medical.people.pay.change"].search_fetch(
        [
            ("employee_id", "in", people.ids),
            ("state", "=", "done"),
            ("date_from", ">", last),
        ],
        ["employee_id", "year_change"],
    ):
        monthly[change.employee_id.department_id.id] += cents(change.year_change) / YEAR
    return monthly
