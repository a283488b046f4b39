"""What an employee tells the employer about income tax: Form W-4 in all its forms."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from ...dates import next_business_day
from ...money import ZERO


class FilingStatus(Enum):
    """The three columns of the federal tables; the value is their name there."""

    SINGLE = "single_mfs"  # single, or married filing separately
    MARRIED = "married_joint"
    HEAD = "head_of_household"


@dataclass(frozen=True, slots=True)
class W4:
    """A Form W-4 of 2020 or later. Amounts in dollars, none negative.

    ``step3`` to ``step4b`` are amounts for the year, ``step4c`` is per pay period.
    ``nonresident`` is the box for nonresident aliens (Notice 1392); students and
    business apprentices from India are exempt from that adjustment: leave it off.
    """

    status: FilingStatus = FilingStatus.SINGLE
    step2: bool = False
    step3: Decimal = ZERO
    step4a: Decimal = ZERO
    step4b: Decimal = ZERO
    step4c: Decimal = ZERO
    nonresident: bool = False

    def __post_init__(self) -> None:
        """:raises ValueError: an amount is negative"""
        if min(self.step3, self.step4a, self.step4b, self.step4c) < ZERO:
            raise ValueError("Amounts on Form W-4 cannot be negative")


@dataclass(frozen=True, slots=True)
class W4Before2020:
    """A Form W-4 of 2019 or earlier: marital status, allowances (line 5), line 6.

    "Married, but withhold at higher single rate" counts as not ``married``. The form
    knows no head of household (Pub. 15-T, Worksheet 1A).
    """

    married: bool = False
    allowances: int = 0
    line6: Decimal = ZERO
    nonresident: bool = False

    def __post_init__(self) -> None:
        """:raises ValueError: a negative number of allowances or amount"""
        if self.allowances < 0 or self.line6 < ZERO:
            raise ValueError("Allowances and line 6 of Form W-4 cannot be negative")

    @property
    def status(self) -> FilingStatus:
        """The column of the tables this form leads to."""
        return FilingStatus.MARRIED if self.married else FilingStatus.SINGLE


@dataclass(frozen=True, slots=True)
class Exempt:
    """A Form W-4 that claims exemption from withholding for the calendar ``year``.

    ``earlier`` is the last form in force before it that claimed no exemption.
    """

    year: int
    earlier: W4 | W4Before2020 | None = None

    @property
    def last_day(self) -> date:
        """The last pay date without withholding: 15 February of the next year.

        When that is no business day, the next one counts (Form W-4 (2025) prints
        17 February 2026; IRC 7503).
        """
        return next_business_day(date(self.year + 1, 2, 15))

    def covers(self, pay_date: date) -> bool:
        """Whether wages paid on ``pay_date`` are exempt by this claim."""
        return date(self.year, 1, 1) <= pay_date <= self.last_day


Certificate = W4 | W4Before2020 | Exempt


def missing_w4(first_paid: date) -> W4 | W4Before2020:
    """Return the form that stands for one never given.

    A new employee counts as single without further entries; one first paid before
    2020 as single with no allowances on an old form (Pub. 15-T, "New employee fails
    to furnish Form W-4").
    """
    return W4() if first_paid >= date(2020, 1, 1) else W4Before2020()


def in_force(certificate: Certificate, pay_date: date) -> Certificate:
    """Return the form that counts for wages paid on ``pay_date``.

    A lapsed claim of exemption gives way to the last form without such a claim, or,
    if there is none, to single without further entries (Pub. 15, section 9). Wages of
    a year before the claim follow the same rule.
    """
    if not isinstance(certificate, Exempt) or certificate.covers(pay_date):
        return certificate
    return certificate.earlier or W4()
