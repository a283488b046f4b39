"""Which return a payment, or what takes it back, belongs to."""

from dataclasses import dataclass
from datetime import date

from ...dates import quarter, quarter_span


@dataclass(frozen=True, slots=True)
class Place:
    """A quarter; ``late``: only the correction of its return shows it."""

    year: int
    number: int
    late: bool


def place(belongs: date, entered: date) -> Place:
    """The quarter whose return shows a payment, or a void of it.

    Wages count when they are paid, so a payment that is taken back is taken out of the
    quarter in which it was paid; once that quarter is over, by Form 941-X and by the
    state's corrected report, and never as negative wages of a later quarter
    (Instructions for Form 941-X, "Correcting an error"; 26 CFR 31.6413(a)-2).

    :param belongs: day of the payment that the entry is about
    :param entered: day on which the entry came into the books, the same for a payment
    """
    number = quarter(belongs)
    _first, last = quarter_span(belongs.year, number)
    return Place(belongs.year, number, entered > last)
