"""Files of a switch to this payroll: how people are paid, and what the old provider paid."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from ...csvcells import choice, code, day, flag, identifier, number, text
from ...csvproblems import TEXTS, Problem
from ...csvread import Column, Table, read_table
from ...marked import _lt
from ...money import ZERO

_MONEY = number(places=2)
_PER: Mapping[str, object] = {
    "hour": "hour",
    "hourly": "hour",
    "year": "year",
    "salary": "year",
    "month": "month",
    "pay period": "period",
}
_FILING: Mapping[str, object] = {
    "single": "single_mfs",
    "married filing separately": "single_mfs",
    "married filing jointly": "married_joint",
    "married": "married_joint",
    "head of household": "head_of_household",
}
_ACCOUNT: Mapping[str, object] = {"checking": "checking", "savings": "savings"}
PAY_TEXTS: dict[str, tuple[str, str]] = TEXTS | {
    "twice": (
        _lt("%(cell)s is already in row %(other)s."),
        _lt("Keep one row for each person."),
    ),
}
PAY_COLUMNS: tuple[Column, ...] = (
    Column("email", "Work email", code(120), aliases=("email", "e-mail")),
    Column("first_day", "First day", day, required=False, aliases=("hired",)),
    Column("wage", "Wage", number(low=ZERO), aliases=("pay rate", "rate")),
    Column("per", "Per", choice(_PER), required=False, default="hour"),
    Column("exempt", "Exempt", flag, required=False, default=False),
    Column("state", "Work state", code(2), required=False),
    Column("ssn", "SSN", identifier(11), required=False),
    Column("birthday", "Birthday", day, required=False, aliases=("date of birth",)),
    Column("filing", "W-4 filing status", choice(_FILING), required=False),
    Column("step3", "W-4 step 3", _MONEY, required=False, default=ZERO),
    Column("extra", "W-4 step 4(c)", _MONEY, required=False, default=ZERO),
    Column("bank", "Bank", text(80), required=False),
    Column("routing", "Routing number", identifier(9), required=False),
    Column("account", "Account number", identifier(17), required=False),
    Column(
        "account_type",
        "Account type",
        choice(_ACCOUNT),
        required=False,
        default="checking",
    ),
)
# figure of the trial -> heading of the column; deductions and other taxes stand together
FIGURES: dict[str, str] = {
    "gross": "Gross",
    "federal": "Federal income tax",
    "security": "Social Security",
    "medicare": "Medicare",
    "state": "State income tax",
    "other": "Other deductions",
    "net": "Net pay",
}
TRIAL_COLUMNS: tuple[Column, ...] = (
    Column("email", "Work email", code(120), aliases=("email", "e-mail")),
    *(
        Column(key, title, _MONEY, required=key in ("gross", "net"), default=ZERO)
        for key, title in FIGURES.items()
    ),
)
# code of a pay item -> figure of the trial; what is neither is an other deduction
_TAXES = {
    "FIT": "federal",
    "SS": "security",
    "MED": "medicare",
    "ADDMED": "medicare",
    "SIT": "state",
}


@dataclass(frozen=True, slots=True)
class Paid:
    """The figures of one person's pay in one period, each positive."""

    gross: Decimal = ZERO
    federal: Decimal = ZERO
    security: Decimal = ZERO
    medicare: Decimal = ZERO
    state: Decimal = ZERO
    other: Decimal = ZERO
    net: Decimal = ZERO


def paid_of(gross: Decimal, net: Decimal, items: Mapping[str, Decimal]) -> Paid:
    """Figures of a payslip. ``items``: {code of a tax: amount, negative when withheld}.

    Other deductions are what is left between gross and net once the taxes are taken off;
    what is repaid beside the pay makes them smaller.

    >>> paid_of(Decimal(100), Decimal(80), {"FIT": Decimal(-12), "SS": Decimal(-6)}).other
    Decimal('2')
    """
    taxes = dict.fromkeys(set(_TAXES.values()), ZERO)
    for item, amount in items.items():
        if item in _TAXES:
            taxes[_TAXES[item]] -= amount
    return Paid(
        gross=gross, net=net, other=gross - net - sum(taxes.values(), ZERO), **taxes
    )


def _once(table: Table) -> list[Problem]:
    """Problems of the file, and of people who stand in it twice."""
    problems = list(table.errors)
    seen: dict[str, int] = {}
    for row in table.rows:
        email = row.take("email", str).casefold()
        if email in seen:
            problems.append(
                Problem(
                    row.number,
                    "Work email",
                    "twice",
                    {"cell": email, "other": str(seen[email])},
                )
            )
        seen.setdefault(email, row.number)
    return problems


def read_pay(data: bytes) -> tuple[Table, list[Problem]]:
    """Read how people are paid: one row a person.

    :return: the table with its good rows, and all that is wrong
    """
    table = read_table(data, PAY_COLUMNS)
    return table, _once(table)


def read_trial(data: bytes) -> tuple[Table, list[Problem]]:
    """Read what the old provider paid: one row a person.

    :return: the table with its good rows, and all that is wrong
    """
    table = read_table(data, TRIAL_COLUMNS)
    return table, _once(table)
