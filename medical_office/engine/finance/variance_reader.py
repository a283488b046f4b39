"""Reads what variances compare: a month, the year before, the months before."""

from datetime import date
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta

from ...tools.finance.close.variance import RUN_MONTHS, Gap, base_of, gap
from ...tools.money import ZERO, cents

Key = tuple[int | bool, int]  # department or False, category
Sums = dict[Key, Decimal]


class VarianceReader:
    """``actual``, ``prior``, ``run`` and ``budget`` by department and category: one query
    each.

    Revenue and cost are both positive. What has no category is a check of its own.
    """

    def __init__(self, env: Any, company: Any, month: date) -> None:
        self._env = env
        self._company = company
        self.budget: Sums = env["medical.finance.variance"]._budget(company, month)
        self._granted = {department for department, _category in self.budget}
        after = month + relativedelta(months=1)
        year = relativedelta(years=1)
        self.actual = self._sums(month, after)
        self.prior = self._sums(month - year, after - year)
        self.run = self._sums(month - relativedelta(months=RUN_MONTHS), month)

    def keys(self) -> set[Key]:
        """Departments and categories that have any figure."""
        return {*self.actual, *self.prior, *self.run, *self.budget}

    def gap(self, key: Key, is_revenue: bool) -> Gap:
        """One category of one department against what was expected.

        Where a department has a budget, a cost that is not in it was not expected.
        """
        granted = self.budget.get(key)
        if granted is None and not is_revenue and key[0] in self._granted:
            granted = ZERO
        base, kind = base_of(granted, self.prior.get(key), self.run.get(key))
        return gap(self.actual.get(key, ZERO), base, kind, is_revenue)

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
