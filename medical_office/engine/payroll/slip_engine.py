"""Computes the lines of many payslips: OCA's ``get_lines_dict``, without its cost.

The order of evaluation, the names a rule sees and what it leaves behind are those of
OCA's methods, line by line; each is named beside its counterpart. A differential test
holds the results of both against each other.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from odoo.exceptions import UserError
from odoo.tools import SQL, float_round

from odoo.addons.payroll.models.base_browsable import (
    BaseBrowsableObject,
    BrowsableObject,
    InputLine,
    Payslips,
    WorkedDays,
)
from odoo.addons.payroll.models.hr_payslip import HrPayslip as Oca

from .earning_codes import CHOSEN
from .orm import Env, Record, Records
from .rule_code import evaluate

KNOWN_AMOUNTS = ("fix", "percentage", "code")
KNOWN_CONDITIONS = ("none", "range", "python")


# the texts of our rules: what they ask is asked directly
HAS = re.compile(r'result = us\.has\("([A-Z0-9_]+)"\)')
LINE_OF = re.compile(r'result = us\.line\("([A-Z0-9_]+)"\)')
SUM_OF = re.compile(r"result = (categories\.[A-Z0-9_]+(?: \+ categories\.[A-Z0-9_]+)*)")


def _asked(pattern: re.Pattern[str], text: str | None) -> str:
    """The code that a rule's text asks the calculator for, and nothing else."""
    found = pattern.fullmatch((text or "").strip())
    return found[1] if found else ""


class Rule:
    """A salary rule read once."""

    def __init__(self, record: Record, children: list[int]) -> None:
        self.record, self.id = record, record.id
        self.children = children  # ids of the rule and all below it
        self.name, self.code = record.name, record.code
        self.key = record.code or f"id{record.id}"
        self.categories: list[str] = []
        category = record.category_id
        while category:
            self.categories.append(category.code)
            category = category.parent_id
        self.categories.reverse()  # parents first, as OCA adds them
        self.parent_id = record.parent_rule_id.id
        self.condition, self.amount = record.condition_select, record.amount_select
        self.condition_python = record.condition_python
        self.condition_range = record.condition_range
        self.range = (record.condition_range_min, record.condition_range_max)
        self.quantity, self.fix = record.quantity, record.amount_fix
        self.percentage = record.amount_percentage
        self.base, self.python = (
            record.amount_percentage_base,
            record.amount_python_compute,
        )
        self.plain = self.amount in KNOWN_AMOUNTS and self.condition in KNOWN_CONDITIONS
        # what our own structure asks of the calculator, without a trip through eval
        self.has = _asked(HAS, self.condition_python)
        self.line = _asked(LINE_OF, self.python)
        asks = self.amount == "code" and (
            self.condition == "none" or (self.condition == "python" and bool(self.has))
        )
        self.exact = bool(asks and self.line)
        # and what adds up the lines before it, as gross and net do
        summed = _asked(SUM_OF, self.python) if asks else ""
        self.sums = tuple(
            part.removeprefix("categories.") for part in summed.split(" + ") if part
        )


class SlipLine(NamedTuple):
    """A computed line of a slip; ``total`` is rounded to the currency."""

    slip_id: int
    rule: Rule
    employee_id: int
    contract_id: int
    name: str
    quantity: float
    rate: float
    amount: float
    total: float


class Sums:
    """``payslips.sum`` and its like for everyone of the batch: one query a question."""

    def __init__(self, env: Env, employees: Records) -> None:
        self.env, self.people = env, tuple(employees.ids) or (0,)
        self._answers: dict[Any, dict[int, tuple[Any, ...]]] = {}

    def get(
        self, what: str, person: int, code: str, start: date, end: date
    ) -> tuple[Any, ...] | None:
        """A total of confirmed slips of one person, as OCA's SQL has it."""
        key = (what, code, start, end)
        if key not in self._answers:
            self._answers[key] = self._ask(what, code, start, end)
        return self._answers[key].get(person)

    def _ask(
        self, what: str, code: str, start: date, end: date
    ) -> dict[int, tuple[Any, ...]]:
        value, table = {
            "lines": (
                SQL(
                    "sum(CASE WHEN hp.credit_note = false THEN pl.total "
                    "ELSE -pl.total END)"
                ),
                SQL("hr_payslip_line pl ON pl.slip_id = hp.id"),
            ),
            "inputs": (
                SQL("sum(pl.amount)"),
                SQL("hr_payslip_input pl ON pl.payslip_id = hp.id"),
            ),
            "days": (
                SQL("sum(pl.number_of_days), sum(pl.number_of_hours)"),
                SQL("hr_payslip_worked_days pl ON pl.payslip_id = hp.id"),
            ),
        }[what]
        self.env.cr.execute(
            SQL(
                """SELECT hp.employee_id, %s FROM hr_payslip hp JOIN %s
                    WHERE hp.employee_id IN %s AND hp.state = 'done'
                      AND hp.date_from >= %s AND hp.date_to <= %s AND pl.code = %s
                 GROUP BY hp.employee_id""",
                value,
                table,
                self.people,
                start,
                end,
                code,
            )
        )
        return {row[0]: row[1:] for row in self.env.cr.fetchall()}


class BatchPayslips(Payslips):
    """As OCA's, answered for the batch."""

    def __init__(self, payslip: Record, sums: Sums) -> None:
        super().__init__(payslip.employee_id.id, payslip, payslip.env)
        self.__dict__["sums"] = sums

    def sum(self, code: str, from_date: date, to_date: date | None = None) -> Any:
        return _sum(self, "lines", code, from_date, to_date)[0] or 0.0


class BatchInputs(InputLine):
    """As OCA's, answered for the batch."""

    def __init__(self, original: Any, sums: Sums) -> None:
        super().__init__(original.employee_id, original.dict, original.env)
        self.__dict__["sums"] = sums

    def sum(self, code: str, from_date: date, to_date: date | None = None) -> Any:
        return _sum(self, "inputs", code, from_date, to_date)[0] or 0.0


class BatchWorkedDays(WorkedDays):
    """As OCA's, answered for the batch."""

    def __init__(self, original: Any, sums: Sums) -> None:
        super().__init__(original.employee_id, original.dict, original.env)
        self.__dict__["sums"] = sums

    def _sum(
        self, code: str, from_date: date, to_date: date | None = None
    ) -> tuple[Any, ...]:
        return _sum(self, "days", code, from_date, to_date)


def _sum(
    self: Any, what: str, code: str, from_date: date, to_date: date | None
) -> tuple[Any, ...]:
    if to_date is None:
        to_date = self.env["hr.payslip"]._fields["date_to"].today()
    sums: Sums = self.__dict__["sums"]
    return sums.get(what, self.employee_id, code, from_date, to_date) or (None, None)


class SlipEngine:
    """Lines of the slips of one batch: ``lines(slip)`` gives {key of OCA: SlipLine}."""

    def __init__(
        self,
        slips: Records,
        contracts: dict[int, Records],
        sums: Sums,
        pays: Mapping[int, Any] | None = None,
    ) -> None:
        self.slips, self.contracts, self.sums = slips, contracts, sums
        self.pays = pays or {}
        self._rules: dict[Records, list[Rule]] = {}
        self._alone: dict[int, bool] = {}
        self._by_id: dict[int, Rule] = {}

    def rules(self, slip: Record, contracts: Records) -> list[Rule]:
        """``_get_salary_rules``, read once for each structure."""
        if not contracts:
            return []
        structures = slip.struct_id or contracts.struct_id
        if structures not in self._rules:
            records = structures.get_structure_with_parents().get_all_rules()
            self._rules[structures] = [self._rule(record) for record in records]
        return self._rules[structures]

    def _rule(self, record: Record) -> Rule:
        if record.id not in self._by_id:
            children = record._recursive_search_of_rules().ids
            self._by_id[record.id] = Rule(record, children)
            if record.parent_rule_id:
                self._rule(record.parent_rule_id)
        return self._by_id[record.id]

    def lines(self, slip: Record) -> dict[str, SlipLine]:
        """``get_lines_dict`` of one slip."""
        contracts = self.contracts[slip.id]
        pay = self.pays.get(slip.id)
        if pay and len(contracts) == 1:
            rules = self.rules(slip, contracts)
            if self._ask_pay_alone(slip, rules):
                return _asked_lines(slip, rules, contracts, pay)
        lines: dict[str, SlipLine] = {}
        blacklist: set[int] = set()
        base = slip._get_baselocaldict(contracts)
        self._batch_sums(slip, base)
        currency = slip.company_id.currency_id or slip.env.company.currency_id
        rounding = partial(float_round, precision_rounding=currency.rounding)
        for contract in contracts:
            base["current_contract"] = BrowsableObject(
                slip.employee_id.id,
                slip.get_current_contract_dict(contract, contracts),
                slip.env,
            )
            variables = dict(
                base, employee=contract.employee_id, contract=contract, payslip=slip
            )
            for rule in self.rules(slip, contracts):
                variables["result_name"] = None
                variables["result_qty"] = 1.0
                variables["result_rate"] = 100
                variables["result"] = None
                if self.satisfied(rule, variables) and rule.id not in blacklist:
                    self.line(slip, rule, variables, lines, rounding)
                else:
                    blacklist.update(rule.children)
            variables = slip.localdict_hook(variables)
            base["current_contract"] = {}
        return lines

    def _ask_pay_alone(self, slip: Record, rules: list[Rule]) -> bool:
        """Whether the rules ask the calculator, or add up categories, and nothing else, and
        nobody looks at what they leave behind: then none needs the variables of the others."""
        key = id(rules)  # kept by ``rules`` as long as this engine
        if key not in self._alone:
            codes = [rule.code for rule in rules]
            self._alone[key] = (
                type(slip).localdict_hook is Oca.localdict_hook
                and len(set(codes)) == len(codes)  # a code twice: the second corrects
                and all(
                    rule.plain and (rule.exact or rule.sums) and not rule.parent_id
                    for rule in rules
                )
            )
        return self._alone[key]

    def _batch_sums(self, slip: Record, base: dict[str, Any]) -> None:
        """Only OCA's own objects are replaced, never those of another module."""
        if type(base["payslips"]) is Payslips:
            base["payslips"] = BatchPayslips(slip, self.sums)
        if type(base["inputs"]) is InputLine:
            base["inputs"] = BatchInputs(base["inputs"], self.sums)
        if type(base["worked_days"]) is WorkedDays:
            base["worked_days"] = BatchWorkedDays(base["worked_days"], self.sums)

    def satisfied(self, rule: Rule, variables: dict[str, Any]) -> Any:
        """``_satisfy_condition``: the rule's own condition, then that of its parent."""
        if not rule.plain:
            return rule.record._satisfy_condition(variables)
        own = self._condition(rule, variables)
        if rule.parent_id:
            parent = self.satisfied(self._by_id[rule.parent_id], variables)
            return own and parent
        return own

    def _condition(self, rule: Rule, variables: dict[str, Any]) -> Any:
        if rule.condition == "none":
            return True
        try:
            if rule.condition == "range":
                result = evaluate(rule.condition_range, variables, "eval")
                return rule.range[0] <= result <= rule.range[1]
            if rule.has:
                variables["result"] = variables["us"].has(rule.has)
            else:
                evaluate(rule.condition_python, variables, "exec")
        except Exception as error:
            raise _wrong(rule, variables, error, "condition") from error
        return variables.get("result") or False

    def values(self, rule: Rule, variables: dict[str, Any]) -> Any:
        """``_compute_rule``: name, quantity, rate and amount of the line."""
        if not rule.plain:
            return rule.record._compute_rule(variables)
        try:
            if rule.amount == "code":
                if rule.line:
                    variables["result"] = variables["us"].line(rule.line)
                else:
                    evaluate(rule.python, variables, "exec")
                return {
                    "name": variables.get("result_name") or rule.name,
                    "quantity": float(variables.get("result_qty", 1.0)),
                    "rate": float(variables.get("result_rate", 100.0)),
                    "amount": float(variables["result"]),
                }
            quantity = float(evaluate(rule.quantity, variables, "eval"))
            rate, amount = 100.0, rule.fix
            if rule.amount == "percentage":
                rate = rule.percentage
                amount = float(evaluate(rule.base, variables, "eval"))
        except Exception as error:
            raise _wrong(rule, variables, error, "amount") from error
        return {
            "name": rule.name,
            "quantity": quantity,
            "rate": rate,
            "amount": amount,
        }

    def line(
        self,
        slip: Record,
        rule: Rule,
        variables: dict[str, Any],
        lines: dict[str, SlipLine],
        rounding: Callable[[float], float],
    ) -> None:
        """``_compute_payslip_line`` and ``_get_lines_dict``, rounded to the currency."""
        previous = (rule.code in variables and variables[rule.code]) or 0.0
        values = self.values(rule, variables)
        if rule.exact:  # the calculator's cents, once and whole
            total = values["amount"]
        else:
            total = rounding(
                values["quantity"] * values["rate"] * values["amount"] / 100.0
            )
        values["total"] = total
        if rule.code:
            variables[rule.code] = total
            variables["rules"].dict[rule.code] = rule.record
            variables["result_rules"].dict[rule.code] = BaseBrowsableObject(values)
        change = rounding(total - previous) if previous else total
        totals = variables["categories"].dict
        for code in rule.categories:
            if code:
                totals[code] = totals.get(code, 0) + change
        contract = variables["contract"].id
        lines[f"{rule.key}-{contract}"] = SlipLine(
            slip.id,
            rule,
            variables["employee"].id,
            contract,
            values["name"],
            values["quantity"],
            values["rate"],
            values["amount"],
            total,
        )


def _asked_lines(
    slip: Record, rules: list[Rule], contract: Record, pay: Any
) -> dict[str, SlipLine]:
    """Lines of rules that ask the calculator alone, its cents as they are, and of those
    that add them up by category, to the cent as OCA has it."""
    person, number = contract.employee_id.id, contract.id
    currency = slip.company_id.currency_id or slip.env.company.currency_id
    digits = currency.rounding
    totals: dict[str, float] = {}
    lines = {}
    for rule in rules:
        if rule.condition != "none" and not pay.has(rule.has):
            continue
        if rule.exact:
            amount = total = pay.line(rule.line)
        else:
            amount = float(sum(totals.get(code, 0.0) for code in rule.sums))
            total = float_round(amount, precision_rounding=digits)
        for code in rule.categories:
            if code:
                totals[code] = totals.get(code, 0) + total
        lines[f"{rule.key}-{number}"] = SlipLine(
            slip.id, rule, person, number, rule.name, 1.0, 100.0, amount, total
        )
    return lines


def _wrong(
    rule: Rule, variables: dict[str, Any], error: Exception, part: str
) -> Exception:
    wrong: Exception = UserError(
        variables["payslip"].env._(
            "The %(part)s of salary rule %(name)s (%(code)s) fails for %(who)s: "
            "%(error)s",
            part=part,
            name=rule.name,
            code=rule.code,
            who=variables["employee"].name,
            error=error,
        )
    )
    return wrong


def overlapping(slips: Records, windows: dict[Record, Any]) -> dict[int, Records]:
    """``_get_employee_contracts`` of many slips: {slip id: contracts}.

    :param windows: {employee: Versions}
    """
    found: dict[int, Records] = {}
    without = slips.filtered(lambda slip: not slip.contract_id)
    for slip in slips - without:
        version = slip.contract_id
        start, end = windows[slip.employee_id].span_of(version)
        # who is named may have left: taxes of life insurance, what is still owed
        after = slip.medical_kind in CHOSEN or not end or slip.date_from <= end
        there = version.contract_date_start and after and start <= slip.date_to
        found[slip.id] = version if there else version.browse()
    by_dates: dict[tuple[date, date], Records] = defaultdict(lambda: slips.browse())
    for slip in without:
        by_dates[slip.date_from, slip.date_to] += slip
    for (start, end), group in by_dates.items():
        contracts = group.employee_id._get_contracts(date_start=start, date_end=end)
        for slip in group:
            found[slip.id] = contracts.get(slip.employee_id.id, slip.env["hr.version"])
    return found
