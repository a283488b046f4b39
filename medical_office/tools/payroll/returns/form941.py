"""Form 941: the lines of the employer's quarterly federal tax return."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ...dates import quarter
from ...money import ZERO, to_cents
from ..law.limits import settled
from ..law.working import Step
from .deposits import Schedule, rule

HUNDRED = Decimal(100)
# Whole-quarter rates round once; payrolls round per check and share. A difference beyond
# a cent per check and tax is no rounding.
CENTS_PER_CHECK = Decimal("0.03")


@dataclass(frozen=True, slots=True)
class PayDay:
    """Totals of all checks of one payday, in dollars, as on the payslips.

    ``additional_wages`` are those over the threshold of the Additional Medicare Tax.
    """

    day: date
    checks: int
    wages: Decimal  # W-2 box 1 wages
    income_tax: Decimal
    ss_wages: Decimal
    medicare_wages: Decimal
    employee_ss: Decimal
    employee_medicare: Decimal
    employer_ss: Decimal
    employer_medicare: Decimal
    ss_tips: Decimal = ZERO
    additional_wages: Decimal = ZERO
    employee_additional: Decimal = ZERO

    @property
    def employee_tax(self) -> Decimal:
        """Social security and Medicare withheld from the checks."""
        return self.employee_ss + self.employee_medicare + self.employee_additional

    @property
    def liability(self) -> Decimal:
        """Tax to deposit for this payday."""
        return (
            self.income_tax
            + self.employee_tax
            + self.employer_ss
            + self.employer_medicare
        )


@dataclass(frozen=True, slots=True)
class Other:
    """What the payslips do not know, in dollars with the sign of the form.

    ``sick_pay`` (line 8) and ``tips_and_life`` (line 9) are negative: taxes reported on
    lines 5a to 5d that someone else withheld, or that could not be withheld.
    """

    employees: int  # paid in the pay period that includes the 12th
    deposits: Decimal = ZERO
    sick_pay: Decimal = ZERO
    tips_and_life: Decimal = ZERO
    notice_and_demand: Decimal = ZERO
    research_credit: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Form941:
    """The filled lines, the liability by month and day, and what does not tie.

    ``lines`` is keyed by line ("5a" is column 1, "5a2" column 2). ``problems`` are
    sentences: with any of them the return must not be filed.
    """

    lines: Mapping[str, Decimal]
    steps: tuple[Step, ...]
    months: tuple[Decimal, Decimal, Decimal]
    by_day: Mapping[date, Decimal]
    problems: tuple[str, ...] = field(default=())


def form941(
    year: int,
    number: int,
    paydays: Sequence[PayDay],
    other: Other,
    schedule: Schedule,
) -> Form941:
    """Fill Form 941 for quarter ``number`` of ``year``.

    Lines 5 apply the rates to the quarter's wages; line 7 brings the employees' half
    back to what was really withheld. Month and day liabilities (line 16, Schedule B)
    are those of the payrolls, the last one adjusted by the cents in which the employer's
    half differs from the rates, so that they total line 12 as the form demands.

    :raises LimitMissing: the year's rates are not shipped
    :raises ValueError: a payday lies outside the quarter
    """
    for payday in paydays:
        if payday.day.year != year or quarter(payday.day) != number:
            raise ValueError(f"The payday {payday.day} is not in quarter {number}.")
    lines = _part_one(year, paydays, other)
    by_day, months, problems = _liability(paydays, lines["12"])
    problems = [*problems, *_checks(lines, paydays, other)]
    small, source = rule("with_return", date(year, number * 3, 1))
    if lines["12"] < small:
        box = f"under {small}: no deposits needed"
    elif schedule is Schedule.MONTHLY:
        box = "monthly: months 1 to 3"
    else:
        box = "semiweekly: Schedule B"
    steps = [Step(f"Line {key}", amount) for key, amount in lines.items()]
    steps.append(Step(f"Line 16, {box}", sum(months, ZERO), source))
    return Form941(lines, tuple(steps), months, by_day, tuple(problems))


def _part_one(year: int, paydays: Sequence[PayDay], other: Other) -> dict[str, Decimal]:
    ss = settled("social_security_rate_employee", year).value
    medicare = settled("medicare_rate_employee", year).value
    additional = settled("additional_medicare_rate", year).value
    lines = {
        "1": Decimal(other.employees),
        "2": _total(paydays, "wages"),
        "3": _total(paydays, "income_tax"),
        "5a": _total(paydays, "ss_wages"),
        "5b": _total(paydays, "ss_tips"),
        "5c": _total(paydays, "medicare_wages"),
        "5d": _total(paydays, "additional_wages"),
    }
    rates = {"5a": ss * 2, "5b": ss * 2, "5c": medicare * 2, "5d": additional}
    for key, rate in rates.items():
        lines[f"{key}2"] = to_cents(lines[key] * rate / HUNDRED)
    lines["5e"] = sum((lines[f"{key}2"] for key in rates), ZERO)
    lines["5f"] = other.notice_and_demand
    lines["6"] = lines["3"] + lines["5e"] + lines["5f"]
    withheld = sum((payday.employee_tax for payday in paydays), ZERO)
    halves = (lines["5a"] + lines["5b"]) * ss + lines["5c"] * medicare
    share = to_cents((halves + lines["5d"] * additional) / HUNDRED)
    lines["7"] = withheld - share - other.sick_pay - other.tips_and_life
    lines["8"] = other.sick_pay
    lines["9"] = other.tips_and_life
    lines["10"] = lines["6"] + lines["7"] + lines["8"] + lines["9"]
    lines["11"] = other.research_credit
    lines["12"] = lines["10"] - lines["11"]
    lines["13"] = other.deposits
    lines["14"] = max(ZERO, lines["12"] - lines["13"])
    lines["15"] = max(ZERO, lines["13"] - lines["12"])
    return lines


def _total(paydays: Sequence[PayDay], name: str) -> Decimal:
    return sum((getattr(payday, name) for payday in paydays), ZERO)


def _liability(
    paydays: Sequence[PayDay], line_12: Decimal
) -> tuple[dict[date, Decimal], tuple[Decimal, Decimal, Decimal], list[str]]:
    by_day: dict[date, Decimal] = {}
    for payday in sorted(paydays, key=lambda item: item.day):
        by_day[payday.day] = by_day.get(payday.day, ZERO) + payday.liability
    rest = line_12 - sum(by_day.values(), ZERO)
    for day in reversed(by_day):  # the form knows no negative liability
        part = max(rest, -by_day[day])
        by_day[day] += part
        rest -= part
    problems = []
    if rest:
        problems.append(f"Line 12 of {line_12} cannot be laid on paydays.")
    months = [ZERO] * 3
    for day, amount in by_day.items():
        months[(day.month - 1) % 3] += amount
    return by_day, (months[0], months[1], months[2]), problems


def _checks(
    lines: Mapping[str, Decimal], paydays: Sequence[PayDay], other: Other
) -> list[str]:
    found = []
    checks = sum(payday.checks for payday in paydays)
    bound = checks * CENTS_PER_CHECK
    if abs(lines["7"]) > bound:
        found.append(
            f"Line 7 is {lines['7']} for {checks} checks: more than rounding explains. "
            "Compare the wages with the tax withheld."
        )
    employer = _total(paydays, "employer_ss") + _total(paydays, "employer_medicare")
    half = (lines["5a2"] + lines["5b2"] + lines["5c2"]) / 2
    if abs(employer - half) > bound + 1:
        found.append(
            f"The employer's share of {employer} differs from half of lines 5a to 5c "
            f"({half}) by more than rounding explains."
        )
    if max(other.sick_pay, other.tips_and_life) > 0:
        found.append("Lines 8 and 9 are negative adjustments: enter them below zero.")
    if lines["5c"] < lines["5a"] + lines["5b"]:
        found.append("Medicare wages (5c) are below social security wages (5a and 5b).")
    return found
