"""Federal income tax withholding: Pub. 15-T percentage method, automated systems."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from typing import NamedTuple

from ...money import CENT, DOLLAR, ZERO
from ..law.certificates import W4, Certificate, Exempt, W4Before2020, in_force
from ..law.federal_tables import (
    FederalYear,
    Schedule,
    federal_year,
    nonresident_addition,
)
from ..law.period import PayPeriod
from ..law.working import Step, Worked


class Rounding(Enum):
    """To what the tax of a period is rounded; use one consistently (Pub. 15-T, p. 9).

    Half a unit rises. Ten cents is how the printed daily wage bracket tables round.
    """

    CENTS = CENT
    TEN_CENTS = Decimal("0.1")
    WHOLE_DOLLAR = DOLLAR

    def apply(self, amount: Decimal) -> Decimal:
        """Return ``amount`` rounded, half a unit away from zero."""
        return amount.quantize(self.value, ROUND_HALF_UP)


class Worksheet1A(NamedTuple):
    """The lines of Worksheet 1A, unrounded; None where the form has no such line."""

    line_1a: Decimal
    line_1b: int
    line_1c: Decimal
    line_1d: Decimal | None
    line_1e: Decimal | None
    line_1f: Decimal | None
    line_1g: Decimal | None
    line_1h: Decimal | None
    line_1j: Decimal | None
    line_1k: Decimal | None
    line_2a: Decimal  # lines 1i or 1l
    line_2b: Decimal
    line_2c: Decimal
    line_2d: Decimal  # as a fraction
    line_2g: Decimal
    line_3a: Decimal
    line_3c: Decimal
    line_4a: Decimal
    line_4b: Decimal


def worksheet_1a(
    form: W4 | W4Before2020,
    wages: Decimal,
    period: PayPeriod,
    tables: FederalYear,
) -> Worksheet1A:
    """Fill in Worksheet 1A, without rounding.

    :param wages: line 1a, taxable wages of the period in dollars, with the amount
        added for a nonresident alien already in it
    :raises ValueError: ``wages`` are negative
    """
    if wages < ZERO:
        raise ValueError("Wages cannot be negative: reverse the payment instead")
    count = period.per_year
    line_1c = wages * count
    line_1d = line_1e = line_1f = line_1g = line_1h = line_1j = line_1k = None
    if isinstance(form, W4):
        line_1d, line_1f = form.step4a, form.step4b
        line_1e = line_1c + line_1d
        line_1g = ZERO if form.step2 else tables.line_1g[form.status]
        line_1h = line_1f + line_1g
        line_2a = max(ZERO, line_1e - line_1h)
        line_3a, line_4a = form.step3, form.step4c
    else:
        line_1j = Decimal(form.allowances)
        line_1k = line_1j * tables.allowance
        line_2a = max(ZERO, line_1c - line_1k)
        line_3a, line_4a = ZERO, form.line6
    line_2b, line_2c, line_2d = schedule_for(form, tables).bracket(line_2a)
    line_2g = line_2c + (line_2a - line_2b) * line_2d
    # One division: 2h and 3b apart would each lose the tail that decides half a cent.
    line_3c = max(ZERO, (line_2g - line_3a) / count)
    return Worksheet1A(
        wages,
        count,
        line_1c,
        line_1d,
        line_1e,
        line_1f,
        line_1g,
        line_1h,
        line_1j,
        line_1k,
        line_2a,
        line_2b,
        line_2c,
        line_2d,
        line_2g,
        line_3a,
        line_3c,
        line_4a,
        line_3c + line_4a,
    )


def schedule_for(form: W4 | W4Before2020, tables: FederalYear) -> Schedule:
    """Return the table the form leads to: the checkbox of Step 2 decides."""
    chosen = tables.step2 if isinstance(form, W4) and form.step2 else tables.standard
    return chosen[form.status]


def withhold(
    certificate: Certificate,
    wages: Decimal,
    period: PayPeriod,
    pay_date: date,
    *,
    rounding: Rounding = Rounding.CENTS,
    lock_in: W4 | W4Before2020 | None = None,
) -> Worked:
    """Return the federal income tax to withhold from one payment of regular wages.

    :param wages: wages of the period subject to income tax, dollars, not negative
    :param pay_date: the day of payment, which decides the table year and whether a
        claim of exemption still counts
    :param lock_in: what an IRS lock-in letter prescribes; it holds unless the
        employee's own form withholds more (Pub. 15, section 9, "Lock-in letters")
    :return: the tax in dollars, rounded once at line 4b, with the worksheet's lines
    :raises TaxYearMissing: no table of that year is shipped
    :raises ValueError: ``wages`` are negative
    """
    own = _withheld(in_force(certificate, pay_date), wages, period, pay_date, rounding)
    if lock_in is None:
        return own
    letter = _withheld(lock_in, wages, period, pay_date, rounding)
    if own.amount >= letter.amount:
        return own
    note = Step("IRS lock-in letter holds: own form gives", own.amount, "Pub. 15, s. 9")
    return Worked(letter.amount, (note, *letter.steps))


def _withheld(
    form: Certificate,
    wages: Decimal,
    period: PayPeriod,
    pay_date: date,
    rounding: Rounding,
) -> Worked:
    if isinstance(form, Exempt):
        label = f"Exempt by Form W-4 for {form.year}, until {form.last_day}"
        return Worked(ZERO, (Step(label, ZERO, "Pub. 15-T, Exemption; Pub. 15, s. 9"),))
    tables = federal_year(pay_date.year)
    added = ZERO
    if form.nonresident:
        added = nonresident_addition(
            pay_date.year, before_2020=isinstance(form, W4Before2020), period=period
        )
    lines = worksheet_1a(form, wages + added, period, tables)
    amount = rounding.apply(lines.line_4b)
    return Worked(amount, explain(lines, form, tables, added, amount))


def explain(
    lines: Worksheet1A,
    form: W4 | W4Before2020,
    tables: FederalYear,
    added: Decimal,
    amount: Decimal,
) -> tuple[Step, ...]:
    """Return the worksheet as steps, labeled by its line numbers.

    :param added: the part of line 1a that was added for a nonresident alien
    :param amount: line 4b after rounding
    """
    sheet = f"IRS Pub. 15-T ({tables.year}), Worksheet 1A"
    schedule = schedule_for(form, tables)
    box = "Step 2 checkbox" if isinstance(form, W4) and form.step2 else "standard"
    table = f"{schedule.source}, {box}, {form.status.value}"
    count = lines.line_1b
    steps: list[tuple[str, Decimal | None, str]] = [
        ("1a Taxable wages this period", lines.line_1a, sheet),
        ("1b Pay periods in the year", Decimal(count), "Table 3"),
        ("1c Line 1a x line 1b", lines.line_1c, ""),
        ("1d Form W-4, Step 4(a) other income", lines.line_1d, ""),
        ("1e Line 1c + line 1d", lines.line_1e, ""),
        ("1f Form W-4, Step 4(b) deductions", lines.line_1f, ""),
        ("1g Amount by filing status", lines.line_1g, ""),
        ("1h Line 1f + line 1g", lines.line_1h, ""),
        ("1j Allowances", lines.line_1j, ""),
        ("1k Line 1j x amount per allowance", lines.line_1k, ""),
        (f"{_adjusted(form)} Adjusted annual wage amount", lines.line_2a, ""),
        ("2a Adjusted annual wage amount", lines.line_2a, ""),
        ("2b Column A of the table", lines.line_2b, table),
        ("2c Column C of the table", lines.line_2c, table),
        ("2d Column D of the table, percent", lines.line_2d * 100, table),
        ("2e Line 2a - line 2b", lines.line_2a - lines.line_2b, ""),
        ("2f Line 2e x line 2d", lines.line_2g - lines.line_2c, ""),
        ("2g Line 2c + line 2f", lines.line_2g, ""),
        ("2h Line 2g / line 1b", lines.line_2g / count, ""),
        ("3a Form W-4, Step 3 credits", lines.line_3a, ""),
        ("3b Line 3a / line 1b", lines.line_3a / count, ""),
        ("3c Line 2h - line 3b, not below 0", lines.line_3c, ""),
        ("4a Additional amount each period", lines.line_4a, ""),
        ("4b Line 3c + line 4a, rounded", amount, sheet),
    ]
    if added:
        number = 1 if isinstance(form, W4Before2020) else 2
        source = f"Pub. 15-T ({tables.year}), Table {number}"
        steps.insert(0, ("Added for a nonresident alien, in 1a", added, source))
    return tuple(
        Step(label, value, source)
        for label, value, source in steps
        if value is not None
    )


def _adjusted(form: W4 | W4Before2020) -> str:
    return "1i" if isinstance(form, W4) else "1l"
