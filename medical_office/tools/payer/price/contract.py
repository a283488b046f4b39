"""Terms of a payer contract: when it renews by itself, when notice has to be given."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ...money import to_cents
from ..enroll.clocks import add_months

REMIND_DAYS = 60


@dataclass(frozen=True, slots=True)
class Window:
    """When to think about notice: from ``opens`` to ``closes``, for the term's end."""

    opens: date
    closes: date
    term_end: date


def term_end(date_to: date, renews_months: int, day: date) -> date:
    """The end of the term that runs on ``day``.

    :param date_to: last day of the first term
    :param renews_months: by how many months it renews itself; 0: it does not
    """
    if renews_months <= 0:
        return date_to
    count = 0
    end = date_to
    while end < day:
        count += 1
        end = add_months(date_to, count * renews_months)
    return end


def notice_window(
    date_to: date,
    renews_months: int,
    notice_days: int,
    day: date,
    remind_days: int = REMIND_DAYS,
) -> Window:
    """The next window in which notice can still be given.

    Once the last day of notice of an evergreen term has passed, the window is the next
    term's.

    :param notice_days: calendar days before the end of the term
    """
    end = term_end(date_to, renews_months, day)
    closes = end - timedelta(days=notice_days)
    if closes < day and renews_months > 0:
        end = term_end(date_to, renews_months, end + timedelta(days=1))
        closes = end - timedelta(days=notice_days)
    return Window(closes - timedelta(days=remind_days), closes, end)


def anniversaries(start: date, day: date) -> int:
    """Whole years from ``start`` to ``day``; 0 before the first anniversary.

    A year that began on February 29 is whole on March 1, as PostgreSQL's age() counts.
    """
    short = (day.month, day.day) < (start.month, start.day)
    return max(0, day.year - start.year - short)


def escalator(percent: Decimal, start: date, day: date) -> Decimal:
    """The factor on prices of ``start`` that holds on ``day``: compounded each year."""
    return (1 + percent / 100) ** anniversaries(start, day)


def escalated(amount: Decimal, percent: Decimal, start: date, day: date) -> Decimal:
    """A price of ``start`` as it is owed on ``day``, to the cent."""
    return to_cents(amount * escalator(percent, start, day))
