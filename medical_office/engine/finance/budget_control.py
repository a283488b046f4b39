"""Whether orders and bills fit in the budget: a handful of queries, however many they are."""

from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from odoo import fields, models
from odoo.api import Environment
from odoo.tools import SQL

from ...tools.money import ZERO, cents
from .budget_query import STANDS, TAKEN, bill_lines

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
        [[kept]] = self.env.execute_query(SQL("SELECT %s", self._kept()))
        return bool(kept)

    def of_orders(self, orders: models.BaseModel) -> SQL:
        """What these orders take, whatever state they are in."""
        return SQL("SELECT * FROM %s(%s)", TAKEN, orders.ids)

    def of_bills(self, bills: models.BaseModel) -> SQL:
        """What these bills take, without the lines of an order: it was asked before."""
        return SQL(
            """SELECT date_trunc('month', line.date)::date AS month, line.department_id,
                      line.category_id, sum(line.balance) AS amount
                 FROM %s GROUP BY 1, 2, 3""",
            bill_lines(bills.ids),
        )

    def over(
        self, records: models.BaseModel, of: Callable[[models.BaseModel], SQL]
    ) -> dict[models.BaseModel, list[Standing]]:
        """{record: budgets beyond which it goes}, of records that are posted or confirmed.

        :param of: which query says what some records take
        """
        over = [each for each in self.standings(of(records), counted=True) if each.over]
        found = {}
        for record in records if over else ():  # only now: which of them it was
            taken = self.env.execute_query(of(record))
            keys = {tuple(row[:3]) for row in taken if cents(row[3])}
            own = [
                each
                for each in over
                if (each.month, each.department, each.category) in keys
            ]
            if own:
                found[record] = own
        return found

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

    def standings_of(self, keys: Collection[Key]) -> list[Standing]:
        """How some budgets stand, without anything that is asked for."""
        months, departments, categories = zip(*keys, strict=True) if keys else [()] * 3
        asked = SQL(
            """SELECT *, 0 AS amount FROM unnest(%s::date[], %s::int[], %s::int[])
               given (month, department_id, category_id)""",
            list(months),
            list(departments),
            list(categories),
        )
        return self.standings(asked, counted=True)

    def standings(self, asked: SQL, *, counted: bool) -> list[Standing]:
        """How each budget stands that is asked about, where one is kept.

        :param asked: a query of (month, department_id, category_id, amount)
        :param counted: whether what is asked about is among the figures already
        """
        self._flush()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT stands.*
                  FROM (SELECT array_agg(month) AS months,
                               array_agg(department_id) AS departments,
                               array_agg(category_id) AS categories,
                               array_agg(amount)::numeric[] AS amounts
                          FROM (%(asked)s) asked
                         WHERE category_id IS NOT NULL AND %(kept)s
                       ) asked
                 CROSS JOIN LATERAL %(stands)s(%(company)s, %(today)s, %(user)s, months,
                                               departments, categories, amounts) stands
                """,
                asked=asked,
                kept=self._kept(),
                stands=STANDS,
                company=self.company.id,
                today=self.today,
                user=self.uid,
            )
        )
        found = []
        for month, department, category, *amounts, response in rows:
            granted, allowed, used, amount = map(cents, amounts)
            total = used + (ZERO if counted else amount)
            over = min(max(total - granted - allowed, ZERO), max(amount, ZERO))
            found.append(
                Standing(
                    month, department, category,
                    granted, allowed, total, amount, over, response,
                )
            )  # fmt: skip
        return found

    # ------------------------------------------------------------------------ queries

    def _kept(self) -> SQL:
        return SQL(
            "EXISTS (SELECT FROM medical_finance_grant WHERE company_id = %s)",
            self.company.id,
        )

    def _flush(self) -> None:
        """What the queries read is in the database first."""
        for model, names in self.env["medical.finance.budget"]._depends.items():
            self.env[model].flush_model(
                [name for name in names if self.env[model]._fields[name].store]
            )
        self.env["medical.finance.budget.policy"].flush_model()
