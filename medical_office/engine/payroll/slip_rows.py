"""Columns of the rows that the engine writes, and how a result becomes a row."""

import json
from functools import lru_cache
from typing import Any

from odoo.tools import float_round

from .bulk import Cells, cells
from .orm import Env, Record, Row
from .slip_engine import Rule, SlipLine

STAMP = ("create_uid", "write_uid", "create_date", "write_date")
LINE = (
    "id",
    "slip_id",
    "employee_id",
    "contract_id",
    "company_id",
    "date_from",
    "parent_line_id",
    "name",
    "quantity",
    "rate",
    "amount",
    "total",
    # the same on every line of a rule
    "salary_rule_id",
    "code",
    "sequence",
    "category_id",
    "parent_rule_id",
    "register_id",
    "appears_on_payslip",
    "condition_select",
    "condition_range",
    "condition_range_min",
    "condition_range_max",
    "amount_select",
    "amount_fix",
    "amount_percentage",
    "amount_percentage_base",
    "active",
    *STAMP,
)
DAYS = (
    "payslip_id",
    "contract_id",
    "name",
    "sequence",
    "code",
    "number_of_days",
    "number_of_hours",
    *STAMP,
)
ITEM = (
    "slip_id",
    "line_id",
    "sequence",
    "employee_id",
    "company_id",
    "department_id",
    "date_pay",
    "code",
    "key",
    "name",
    "amount",
    "wages",
    "taxed_wages",
    "hours",
    "rate",
    "w2",
    "payee_id",
    "steps",
    "law",
    "confirmed",
)


class LineRows:
    """Rows of ``hr.payslip.line`` as the ORM would store them."""

    def __init__(self, env: Env, stamp: Row) -> None:
        digits = env["decimal.precision"].precision_get
        self.cents, self.rates = digits("Payroll"), digits("Payroll Rate")
        self.languages = tuple(dict.fromkeys(("en_US", env.lang or "en_US")))
        self.stamp = stamp
        self._shared: dict[int, Cells] = {}
        self._finer: dict[Record, bool] = {}

    def row(
        self,
        number: int,
        slip: Cells,
        parent: int | None,
        line: SlipLine,
        currency: Record,
    ) -> Row:
        """The row of one :class:`slip_engine.SlipLine`.

        :param number: its id
        :param slip: cells of its slip: company and first day
        :param parent: id of the line of its rule's parent, or None
        """
        total, amount = line.total, line.amount
        finer = self._finer.get(currency)
        if finer is None:
            finer = self._finer[currency] = currency.decimal_places > self.cents
        if finer:
            total = float_round(total, precision_digits=self.cents)
        if amount != line.total or finer:
            # what equals the total is rounded to the currency already
            amount = float_round(amount, precision_digits=self.cents)
        return (
            number,
            line.slip_id,
            line.employee_id,
            line.contract_id,
            slip,
            parent,
            _name(line.name, self.languages),
            rounded(line.quantity, self.cents),
            rounded(line.rate, self.rates),
            amount,
            total,
            self._rule(line.rule),
        )

    def _rule(self, rule: Rule) -> Cells:
        """The cells that are the same on every line of a rule, the stamp included."""
        if rule.id not in self._shared:
            record = rule.record
            self._shared[rule.id] = cells(
                (
                    record.id,
                    record.code or None,
                    record.sequence,
                    record.category_id.id or None,
                    record.parent_rule_id.id or None,
                    record.register_id.id or None,
                    bool(record.appears_on_payslip),
                    record.condition_select,
                    record.condition_range or None,
                    record.condition_range_min,
                    record.condition_range_max,
                    record.amount_select,
                    rounded(record.amount_fix, self.cents),
                    rounded(record.amount_percentage, self.rates),
                    record.amount_percentage_base or None,
                    True,
                    *self.stamp,
                )
            )
        return self._shared[rule.id]


@lru_cache(maxsize=4096)
def _name(name: str, languages: tuple[str, ...]) -> Cells:
    return cells([json.dumps(dict.fromkeys(languages, name))])


@lru_cache(maxsize=4096)
def rounded(value: float | None, digits: int) -> Any:
    """A float as the ORM stores it; quantities, rates and fixed amounts repeat."""
    return float_round(value or 0.0, precision_digits=digits)
