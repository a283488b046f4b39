"""Whether orders and bills fit in the budget: a handful of queries, however many they are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from odoo import fields, models
from odoo.api import Environment
from odoo.tools import SQL

from ...tools.dates import month_end
from ...tools.money import ZERO, cents
from .budget_query import FIGURES, SUMS, TAKEN, bill_lines

# (first day of the month, department id, category id)
Key = tuple[date, int | None, int]


class Standing(NamedTuple):
    """What stands in one budget; ids, amounts in cents.

    ``used`` is actual, on order and asked for; ``asked`` what is asked about (contained in
    ``used``); ``over`` what goes beyond granted and allowed, at most ``asked``: what was
    over before is not this order's doing."""

    month: date
    department: int | None
    category: int
    granted: Decimal
    allowed: Decimal
    used: Decimal
    asked: Decimal
    over: Decimal
    response: str

    @property
    def left(self) -> Decimal:
        return self.granted + self.allowed - self.used


class BudgetControl:
    """Of one company, for one user.

    :param env: of who orders; figures are read whatever that user may see
    """

    def __init__(self, env: Environment, company: models.BaseModel) -> None:
        self.uid = env.uid
        # sudo: what a budget allows binds whoever orders, also where it is not theirs
        self.env = env(su=True)
        self.company = company.with_env(self.env)
        self.today = fields.Date.context_today(self.company)

    def kept(self) -> bool:
        """Whether the company keeps a budget at all; a form that names none does not."""
        if not self.company:
            return False
        self.env["medical.finance.grant"].flush_model(["company_id"])
        [[kept]] = self.env.execute_query(
            SQL(
                "SELECT EXISTS (SELECT FROM medical_finance_grant WHERE company_id = %s)",
                self.company.id,
            )
        )
        return bool(kept)

    def of_orders(self, orders: models.BaseModel) -> dict[Key, Decimal]:
        """What these orders take, whatever state they are in."""
        if not orders.ids:
            return {}
        self._flush()
        return self._keyed(SQL("SELECT * FROM %s(%s)", TAKEN, orders.ids))

    def of_bills(self, bills: models.BaseModel) -> dict[Key, Decimal]:
        """What these bills take, without the lines of an order: it was asked before."""
        if not bills.ids:
            return {}
        self._flush()
        return self._keyed(
            SQL(
                """SELECT date_trunc('month', line.date)::date, line.department_id,
                          line.category_id, sum(line.balance)
                     FROM %s GROUP BY 1, 2, 3""",
                bill_lines(bills.ids),
            )
        )

    def of_proposals(self, proposals: models.BaseModel) -> dict[int, Key]:
        """{proposal id: the budget that pays most of it}"""
        found = {}
        month = self.today.replace(day=1)
        for line in proposals.with_env(self.env).with_company(self.company):
            account = line.product_id.product_tmpl_id._get_product_accounts()["expense"]
            payers: dict[str, float] = line.medical_payers or {}
            department = int(max(payers, key=payers.__getitem__)) if payers else None
            if account.medical_category_id:
                found[line.id] = (month, department, account.medical_category_id.id)
        return found

    def standings(
        self, asked: Mapping[Key, Decimal], *, counted: bool
    ) -> list[Standing]:
        """How each budget stands that is asked about, where one is kept.

        :param asked: {(month, department id, category id): amount}
        :param counted: whether what is asked about is among the figures already
        """
        asked = {key: amount for key, amount in asked.items() if key[2]}
        if not asked:
            return []
        self._flush()
        kept = self._departments(asked)
        if not kept:
            return []
        figures = self._figures(asked)
        responses = self._responses()
        found = []
        for key, amount in asked.items():
            month, department, category = key
            if department and department not in kept[month]:
                continue  # nobody keeps a budget of this department
            if not department and not kept[month]:
                continue
            # what names no department is held against the whole practice's category
            rows = (
                [figures[key]]
                if department
                else [
                    row
                    for (its_month, _department, its_category), row in figures.items()
                    if (its_month, its_category) == (month, category)
                ]
            )
            granted, allowed, *used = (
                sum(column, ZERO)
                for column in zip(*(rows or [[ZERO] * len(FIGURES)]), strict=True)
            )
            total = sum(used, ZERO) + (ZERO if counted else amount)
            over = min(max(total - granted - allowed, ZERO), max(amount, ZERO))
            response = responses.get(category) or responses.get(None) or "inform"
            found.append(
                Standing(
                    month, department, category,
                    granted, allowed, total, amount, over, response,
                )
            )  # fmt: skip
        return found

    # ------------------------------------------------------------------------ queries

    def _flush(self) -> None:
        """What the queries read is in the database first."""
        for model, names in self.env["medical.finance.budget"]._depends.items():
            self.env[model].flush_model(
                [name for name in names if self.env[model]._fields[name].store]
            )

    def _keyed(self, query: SQL) -> dict[Key, Decimal]:
        return {
            (month, department, category): cents(amount)
            for month, department, category, amount in self.env.execute_query(query)
        }

    def _departments(self, asked: Iterable[Key]) -> dict[date, set[int]]:
        """{month: departments with a budget}; empty where no month has any."""
        months = {month for month, _department, _category in asked}
        found = defaultdict(set)
        for month, department in self.env.execute_query(
            SQL(
                """SELECT DISTINCT date_from, department_id FROM medical_finance_grant
                    WHERE company_id = %s AND date_from = ANY(%s::date[])""",
                self.company.id,
                list(months),
            )
        ):
            found[month].add(department)
        return found

    def _figures(self, asked: Iterable[Key]) -> dict[Key, list[Decimal]]:
        """{key: granted, allowed, actual, committed, requested}"""
        months = [month for month, _department, _category in asked]
        rows = self.env.execute_query(
            SQL(
                "SELECT * FROM %s(%s, %s, %s, %s, %s, %s)",
                SUMS,
                self.company.id,
                min(months),
                month_end(max(months)),
                list({category for _month, _department, category in asked}),
                self.today,
                self.uid,
            )
        )
        found: dict[Key, list[Decimal]] = defaultdict(lambda: [ZERO] * len(FIGURES))
        for month, department, category, *amounts, mine in rows:
            granted, allowed, *used = map(cents, amounts)
            # nobody is the second person of an own order
            found[month, department, category] = [granted, allowed - cents(mine), *used]
        return found

    def _responses(self) -> dict[int | None, str]:
        self.env["medical.finance.budget.policy"].flush_model()
        return dict(
            self.env.execute_query(
                SQL(
                    """SELECT category_id, response FROM medical_finance_budget_policy
                        WHERE company_id = %s""",
                    self.company.id,
                )
            )
        )
