"""Local taxes by record: what a city, county or district takes from pay.

The practice keeps one record for each local tax it has to withhold (there are
thousands, and they change): its kind, its rates for residents and others, its caps,
from when to when, and where that is written. A city with a bracket table of its own
is an ``entered_table`` of ``states``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum

from ...money import ZERO, down_to_cents, to_cents
from ..law.period import PayPeriod
from ..law.working import Step, Worked
from .accumulated import capped
from .states.law import WageBase
from .states.schedule import PERCENT

_HUNDRED = Decimal(100)


class LocalTaxError(ValueError):
    """A local tax record contradicts itself; the message says what to correct."""


class LocalKind(Enum):
    """What the rate or amount of a local tax is taken of."""

    PERCENT = "percent"  # of the wages of the period
    PERCENT_OF_STATE_TAX = "percent_of_state_tax"  # a surcharge (Yonkers)
    PER_MONTH = "per_month"  # dollars, once in a calendar month (Denver)
    PER_YEAR = "per_year"  # dollars, in equal shares at each pay (Pennsylvania LST)


@dataclass(frozen=True, slots=True)
class LocalTax:
    """One local tax from ``valid_from`` to ``valid_to`` (both included; None: open).

    Percents are of 100. ``exemption`` is dollars of wages a year for each allowance;
    ``annual_wage_cap`` the wages after which a year's tax ends, ``annual_max`` the
    tax after which it ends; who earns less than ``exempt_below`` a year pays nothing.

    :raises LocalTaxError: a rate or amount missing, negative or out of its range
    """

    code: str
    name: str
    kind: LocalKind
    citation: str
    valid_from: date
    valid_to: date | None = None
    resident_percent: Decimal = ZERO
    nonresident_percent: Decimal = ZERO
    amount: Decimal = ZERO
    wage_base: WageBase = WageBase.FEDERAL
    exemption: Decimal = ZERO
    annual_wage_cap: Decimal | None = None
    annual_max: Decimal | None = None
    exempt_below: Decimal = ZERO

    def __post_init__(self) -> None:
        for field in ("resident_percent", "nonresident_percent"):
            if not 0 <= getattr(self, field) <= _HUNDRED:
                raise self._wrong(f"its {field.replace('_', ' ')} is not 0 to 100")
        for field in (
            "amount",
            "exemption",
            "annual_wage_cap",
            "annual_max",
            "exempt_below",
        ):
            value = getattr(self, field)
            if value is not None and value < 0:
                raise self._wrong(f"its {field.replace('_', ' ')} is negative")
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise self._wrong(f"it would end on {self.valid_to}, before it begins")
        if not self.citation.strip():
            raise self._wrong("it does not say where its rate is written")
        if not self._charges():
            raise self._wrong("it has neither a rate nor an amount")

    def _charges(self) -> bool:
        if self.kind in (LocalKind.PER_MONTH, LocalKind.PER_YEAR):
            return self.amount > 0
        return bool(self.resident_percent or self.nonresident_percent)

    def _wrong(self, problem: str) -> LocalTaxError:
        return LocalTaxError(f"Local tax {self.name or self.code}: {problem}.")

    def covers(self, day: date) -> bool:
        """Whether the tax is in force on ``day``."""
        if day < self.valid_from:
            return False
        return self.valid_to is None or day <= self.valid_to

    def percent(self, *, resident: bool) -> Decimal:
        """The rate for who lives there, or for who only works there."""
        return self.resident_percent if resident else self.nonresident_percent


@dataclass(frozen=True, slots=True)
class LocalInput:
    """One pay of one employee in one place.

    ``wages`` are those of the tax's ``wage_base`` earned there, ``expected_annual``
    the wages a year expected there (by default the period's, annualised). Year to
    date is before this pay, ``ytd_taxed`` the part of its wages really taxed under the
    cap; ``month_withheld`` what this calendar month has already brought of a monthly
    tax.
    """

    wages: Decimal
    period: PayPeriod
    resident: bool = True
    allowances: int = 0
    state_tax: Decimal = ZERO
    ytd_wages: Decimal = ZERO
    ytd_withheld: Decimal = ZERO
    month_withheld: Decimal = ZERO
    expected_annual: Decimal | None = None
    ytd_taxed: Decimal | None = None


def in_force(records: Sequence[LocalTax], code: str, pay_date: date) -> LocalTax | None:
    """The record of ``code`` on a pay date; of several the one that began last."""
    found = [tax for tax in records if tax.code == code and tax.covers(pay_date)]
    return max(found, key=lambda tax: tax.valid_from, default=None)


def withhold(tax: LocalTax, given: LocalInput) -> Worked:
    """What one local tax takes from one pay, in dollars and cents, never negative.

    Percentages round half up to the cent; the shares of an annual amount round down,
    as Pennsylvania prescribes, and the last pay of the year cannot exceed what is
    left of it.
    """
    steps: list[Step] = []
    expected = given.expected_annual
    if expected is None:
        expected = given.wages * given.period.per_year
    if expected < tax.exempt_below:
        steps.append(Step("Exempt: wages of a year are below", tax.exempt_below))
        return Worked(ZERO, tuple(steps))
    amount = _BY_KIND[tax.kind](tax, given, steps)
    limit = tax.annual_max
    if tax.kind is LocalKind.PER_YEAR:
        limit = tax.amount if limit is None else min(limit, tax.amount)
    if limit is not None and amount > limit - given.ytd_withheld:
        amount = max(ZERO, limit - given.ytd_withheld)
        steps.append(Step("Left of the annual maximum", amount, tax.citation))
    return Worked(amount, tuple(steps))


def _percent(tax: LocalTax, given: LocalInput, steps: list[Step]) -> Decimal:
    wages = max(ZERO, given.wages)
    steps.append(Step("Wages of the period", wages, tax.citation))
    if tax.exemption and given.allowances:
        share = to_cents(tax.exemption * given.allowances / given.period.per_year)
        wages = max(ZERO, wages - share)
        steps.append(Step(f"Less: {given.allowances} exemptions", share, tax.citation))
    if tax.annual_wage_cap is not None:
        room = capped(tax.annual_wage_cap, wages, given.ytd_wages, given.ytd_taxed)
        wages = room.amount
        steps += [replace(step, source=tax.citation) for step in room.steps]
    percent = tax.percent(resident=given.resident)
    amount = to_cents(wages * percent * PERCENT)
    who = "resident" if given.resident else "nonresident"
    steps.append(Step(f"{percent} percent ({who})", amount, tax.citation))
    return amount


def _surcharge(tax: LocalTax, given: LocalInput, steps: list[Step]) -> Decimal:
    percent = tax.percent(resident=given.resident)
    steps.append(Step("State tax of the period", given.state_tax, tax.citation))
    amount = to_cents(max(ZERO, given.state_tax) * percent * PERCENT)
    steps.append(Step(f"{percent} percent of it", amount, tax.citation))
    return amount


def _monthly(tax: LocalTax, given: LocalInput, steps: list[Step]) -> Decimal:
    amount = max(ZERO, tax.amount - given.month_withheld)
    steps.append(Step("Left of the month's amount", amount, tax.citation))
    return amount


def _yearly(tax: LocalTax, given: LocalInput, steps: list[Step]) -> Decimal:
    share = down_to_cents(tax.amount / given.period.per_year)
    steps.append(Step("Share of the annual amount", share, tax.citation))
    return share


_BY_KIND = {
    LocalKind.PERCENT: _percent,
    LocalKind.PERCENT_OF_STATE_TAX: _surcharge,
    LocalKind.PER_MONTH: _monthly,
    LocalKind.PER_YEAR: _yearly,
}
