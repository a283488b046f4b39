"""Reads what variances compare: a month, the year before, the months before."""

from datetime import date
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta

from ...tools.finance.close.variance import RUN_MONTHS
from ...tools.money import ZERO, cents

Key = tuple[int | bool, int]  # department or False, category
Sums = dict[Key, Decimal]


class VarianceReader:
    """``actual``, ``prior`` and ``run`` by department and category: one query each.

    Revenue and cost are both positive. What has no category is a check of its own.
    """

    def __init__(self, env: Any, company: Any, month: date) -> None:
        self._env = env
        self._company = company
        after = month + relativedelta(months=1)
        year = relativedelta(years=1)
        self.actual = self._sums(month, after)
        self.prior = self._sums(month - year, after - year)
        self.run = self._sums(month - relativedelta(months=RUN_MONTHS), month)

    def keys(self) -> set[Key]:
        """Departments and categories that have any figure."""
        return {*self.actual, *self.prior, *self.run}

    def _sums(self, start: date, end: date) -> Sums:
        rows = self._env["medical.finance.accrual"]._read_group(
            [
                ("company_id", "=", self._company.id),
                ("parent_state", "=", "posted"),
                ("is_profit", "=", True),
                ("category_id", "!=", False),
                ("date", ">=", start),
                ("date", "<", end),
            ],
            ["department_id", "category_id"],
            ["balance:sum"],
        )
        found: Sums = {}
        for department, category, balance in rows:
            sign = -1 if category.section == "revenue" else 1
            key = (department.id, category.id)
            found[key] = found.get(key, ZERO) + sign * cents(balance)
        return found
