"""Form W-2: the boxes of a person's year, computed from the totals of the payslips."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ...money import ZERO
from ..law.deductionkinds import Base, kind
from ..law.lawtable import rows
from ..law.limits import settled

MONEY = ("1", "2", "3", "4", "5", "6", "7", "8", "10", "11")
OVERTIME_CODE = "TT"  # 26 USC 6051(a)(19), as added by P.L. 119-21, from 2026
OVERTIME_FROM = 2026
PREMIUM = "OTP"  # the code of the half that the Act requires, not a state's beyond it
OVERTIME_LABEL = "Qualified overtime"


@dataclass(frozen=True, slots=True)
class StateBoxes:
    """Boxes 15 to 20 for one state and, if any, one locality, in dollars."""

    state: str
    employer_id: str
    wages: Decimal = ZERO
    tax: Decimal = ZERO
    locality: str = ""
    local_wages: Decimal = ZERO
    local_tax: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class YearTotals:
    """A person's totals of a calendar year over all payslips paid in it, in dollars.

    ``by_kind`` has the money of each kind of deduction, imputed income and employer
    contribution (keys of the table of kinds). ``health_cost`` is the cost of health
    coverage, both shares. ``qualified_overtime`` is the premium that the Labor
    Standards Act requires (:attr:`overtime.Overtime.qualified`).
    """

    wages: Decimal
    income_tax: Decimal
    ss_wages: Decimal
    ss_tax: Decimal
    medicare_wages: Decimal
    medicare_tax: Decimal  # Additional Medicare Tax included
    ss_tips: Decimal = ZERO
    allocated_tips: Decimal = ZERO
    by_kind: Mapping[str, Decimal] = field(default_factory=dict)
    health_cost: Decimal = ZERO
    qualified_overtime: Decimal = ZERO
    other: Mapping[str, Decimal] = field(default_factory=dict)
    retirement_plan: bool = False
    statutory: bool = False
    sick_pay: bool = False
    sick_not_taxed: Decimal = ZERO  # by what the person paid of the premium: code J
    uncollected_ss: Decimal = ZERO  # on a former employee's life insurance: code M
    uncollected_medicare: Decimal = ZERO  # code N
    states: tuple[StateBoxes, ...] = ()


@dataclass(frozen=True, slots=True)
class W2:
    """The filled boxes: ``money`` by box, ``codes`` of box 12, ``other`` of box 14."""

    year: int
    money: Mapping[str, Decimal]
    codes: Mapping[str, Decimal]
    other: Mapping[str, Decimal]
    retirement_plan: bool
    statutory: bool
    sick_pay: bool
    states: tuple[StateBoxes, ...]


def known_codes(year: int) -> dict[str, str]:
    """Codes of box 12 that exist in ``year``, with their meaning."""
    return {
        row["code"]: row["label"]
        for row in rows("w2_codes")
        if int(row["first_year"] or 0) <= year
    }


def w2(year: int, totals: YearTotals) -> W2:
    """Fill the W-2 of ``year``. Empty codes and boxes are left out, cents are kept.

    :raises ValueError: a kind of deduction is unknown
    """
    money = {
        "1": totals.wages,
        "2": totals.income_tax,
        "3": totals.ss_wages - totals.ss_tips,
        "4": totals.ss_tax,
        "5": totals.medicare_wages,
        "6": totals.medicare_tax,
        "7": totals.ss_tips,
        "8": totals.allocated_tips,
    }
    codes: dict[str, Decimal] = {}
    other = dict(totals.other)
    for key, amount in totals.by_kind.items():
        this = kind(key, date(year, 12, 31))
        if this.w2.startswith("12"):
            code = this.w2.removeprefix("12")
            codes[code] = codes.get(code, ZERO) + amount
        elif this.w2 == "14":
            other[this.label] = other.get(this.label, ZERO) + amount
        elif this.w2:
            money[this.w2] = money.get(this.w2, ZERO) + amount
    codes["DD"] = totals.health_cost
    codes["J"] = totals.sick_not_taxed
    codes["M"] = totals.uncollected_ss
    codes["N"] = totals.uncollected_medicare
    if year >= OVERTIME_FROM:
        codes[OVERTIME_CODE] = totals.qualified_overtime
    else:  # no code before 2026: box 14 tells it (Notice 2025-62)
        other[OVERTIME_LABEL] = totals.qualified_overtime
    order = list(known_codes(year))
    return W2(
        year,
        {box: money[box] for box in MONEY if money.get(box)},
        {code: codes[code] for code in sorted(codes, key=order.index) if codes[code]},
        {label: amount for label, amount in other.items() if amount},
        totals.retirement_plan,
        totals.statutory,
        totals.sick_pay,
        totals.states,
    )


def qualified_overtime(items: Iterable[tuple[str, str, Decimal]]) -> Decimal:
    """The premium that the Labor Standards Act requires, of a year's pay items.

    What a correction of an earlier period pays of it counts as well: it is overtime
    compensation of the year in which it is paid (26 USC 225(c), 6051(a)(19)).

    :param items: (code, key, dollars) of each; a correction's key names the code that
        it corrects, as ``retro:<slip>:OTP:<rate>``
    """
    return sum(
        (
            amount
            for code, key, amount in items
            if code == PREMIUM or (code == "RETRO" and f":{PREMIUM}:" in key)
        ),
        ZERO,
    )


def taxable(
    year: int, gross: Decimal, by_kind: Mapping[str, Decimal]
) -> tuple[Decimal, Decimal, Decimal]:
    """Boxes 1, 3 and 5 as they follow from a year's gross pay and deductions.

    For one employer, without tips. Against the totals of the payslips it proves that
    every deduction of the year was treated as the table of kinds says.

    :param gross: cash pay of the year that is wages, in dollars
    """
    income, fica = gross, gross
    for key, amount in by_kind.items():
        this = kind(key, date(year, 12, 31))
        income += this.sign(Base.BOX1) * amount
        fica += this.sign(Base.FICA) * amount
    base = settled("social_security_wage_base", year).value
    return income, min(fica, base), fica


def w3(forms: Iterable[W2]) -> W2:
    """Totals of all W-2s of one employer and year (Form W-3).

    :raises ValueError: there is no form, or they are of different years
    """
    every = list(forms)
    years = {form.year for form in every}
    if len(years) != 1:
        raise ValueError("Form W-3 totals the W-2s of one year.")
    states: dict[tuple[str, str], StateBoxes] = {}
    for form in every:
        for row in form.states:
            key = (row.state, row.employer_id)
            last = states.get(key, StateBoxes(*key))
            states[key] = StateBoxes(
                *key,
                last.wages + row.wages,
                last.tax + row.tax,
                "",
                last.local_wages + row.local_wages,
                last.local_tax + row.local_tax,
            )
    return W2(
        years.pop(),
        _sum(form.money for form in every),
        _sum(form.codes for form in every),
        _sum(form.other for form in every),
        any(form.retirement_plan for form in every),
        any(form.statutory for form in every),
        any(form.sick_pay for form in every),
        tuple(states.values()),
    )


def _sum(maps: Iterable[Mapping[str, Decimal]]) -> dict[str, Decimal]:
    total: dict[str, Decimal] = {}
    for one in maps:
        for key, amount in one.items():
            total[key] = total.get(key, ZERO) + amount
    return total
