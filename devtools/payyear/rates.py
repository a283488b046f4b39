"""Raises: which payments were made at the old rate, and what they still lack.

A raise is known from its line on: payments written above it were paid at the rate
before. The first regular payment written below it pays what its periods lack, a line for
each period and rate, overtime premium included (29 CFR 778.303: a raise with effect from
a past day raises the regular rate of that time, and the overtime due for it). A payment
below it whose dollars are quarter hours at the old rate, and not at the new, was paid at
the old one. A raise that names a payment as its ref is paid with that one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from tools.csvcells import CellError, number
from tools.csvcells import day as parse_day
from tools.money import ZERO, to_cents
from tools.payroll.law.period import PayPeriod
from tools.payroll.time.correction import Line, correct
from tools.payroll.time.earning import Earning

from .codes import pay_code
from .scenario import BadScenario, Event
from .terms import Terms

if TYPE_CHECKING:
    from .person import Payment

WEEK = 7
DAYS = {PayPeriod.DAILY: 1, PayPeriod.WEEKLY: WEEK, PayPeriod.BIWEEKLY: 2 * WEEK}
MONTHS = {
    PayPeriod.MONTHLY: 1,
    PayPeriod.QUARTERLY: 3,
    PayPeriod.SEMIANNUAL: 6,
    PayPeriod.ANNUAL: 12,
}
HALF_OF_MONTH = 15
PAID_AHEAD = 3  # days by which a pay date may lie before the end of its period
FULL_TIME = 2080  # hours of a year: 40 a week


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day of a pay period."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Raise:
    """A new rate from ``start`` on, known from line ``line`` of the file on."""

    line: int
    start: date
    old: Decimal
    new: Decimal
    pays: str = ""  # the ref of the payment that pays what is lacking

    def is_old(self, lines: Sequence[tuple[str, Decimal]]) -> bool:
        """Whether regular pay comes to quarter hours at the old rate only."""
        regular = sum((amount for code, amount in lines if code == "REG"), ZERO)
        return (
            regular > 0 and not regular * 4 % self.old and bool(regular * 4 % self.new)
        )


@dataclass(frozen=True, slots=True)
class Paid:
    """The timed pay of one payment, as it was paid, and the line it was written on.

    ``rate``: the one known then; an earlier raise may have been made up for since.
    """

    ref: str
    line: int
    span: Span
    lines: tuple[tuple[str, Decimal], ...]
    rate: Decimal = ZERO


def period(day: date, terms: Terms, lag: int) -> Span:
    """The pay period that a pay date pays, ``lag`` days before it."""
    end = day - timedelta(days=lag)
    if terms.frequency in DAYS:
        return Span(end - timedelta(days=DAYS[terms.frequency] - 1), end)
    if terms.frequency is PayPeriod.SEMIMONTHLY:
        later = end.day > HALF_OF_MONTH
        return Span(end.replace(day=HALF_OF_MONTH + 1 if later else 1), end)
    first = end.year * 12 + end.month - MONTHS[terms.frequency]
    return Span(date(first // 12, first % 12 + 1, 1), end)


def length(terms: Terms) -> int:
    """About how many days a pay period has."""
    return DAYS.get(terms.frequency, 365 // terms.frequency.per_year)


def lag_of(terms: Terms, raises: Iterable[Raise], payments: "Iterable[Payment]") -> int:
    """Days from the end of a period to its pay date.

    As the file says; else a raise dated back is taken to begin with a period, which
    tells it; else none.
    """
    if terms.period_lag is not None:
        return terms.period_lag
    size = DAYS.get(terms.frequency)
    made = sorted((payment.day, payment.line) for payment in payments)
    for one in raises:
        after = [(day, line) for day, line in made if day >= one.start]
        if size and any(line < one.line for _day, line in after):
            lag = ((after[0][0] - one.start).days + 1 - size) % size
            # a Friday that pays until Saturday is likelier than one two weeks late
            return lag - size if size - lag <= PAID_AHEAD else lag
    return 0


def rate_before(
    raises: Sequence[Event], payments: "Iterable[Payment]", terms: Terms
) -> Decimal | None:
    """The hourly rate that nobody set, from regular pay of full-time periods.

    The first raise sets the rate itself where no regular pay stands above it. Else the
    commonest amount of regular pay above it over 2,080 hours a year counts, if that is
    whole cents and below the new rate.
    """
    if not raises or terms.base_rate is not None:
        return None
    first = raises[0]
    regular = Counter(
        event.amount.replace("$", "").replace(",", "").strip()
        for payment in payments
        for event in payment.lines
        if event.line < first.line and pay_code(event.code) == "REG"
    )
    if _is_change(first):
        return None
    new = _new(first, None)
    for amount, _count in regular.most_common(1):
        try:
            rate = Decimal(amount) * terms.frequency.per_year / FULL_TIME
        except ArithmeticError:
            return None
        if rate == to_cents(rate) and rate < new:
            return to_cents(rate)
    return None


def _is_change(event: Event) -> bool:
    cell = event.amount.replace(" ", "")
    return cell.startswith("+") or cell.endswith("%")


def begins(event: Event) -> date:
    """The first day of the new rate: named as code or ref, else the event's day."""
    for cell in (event.code, event.ref):
        try:
            return parse_day(cell)
        except CellError:
            continue
    return event.day


def read(events: Iterable[Event], terms: Terms) -> list[Raise]:
    """The raises of a file in its order; the first may set the rate itself.

    :raises BadScenario: no rate is known, or the new one cannot be read
    """
    found: list[Raise] = []
    rate = terms.base_rate
    for event in events:
        new = _new(event, rate)
        if rate:
            found.append(Raise(event.line, begins(event), rate, new, event.ref))
        rate = new
    return found


def written(event: Event) -> Decimal:
    """The number of a raise that is not marked as an addition; else a number of none."""
    cell = event.amount.replace(" ", "").replace("$", "").replace(",", "")
    try:
        return Decimal("NaN") if _is_change(event) else Decimal(cell)
    except ArithmeticError:
        return Decimal("NaN")


def _new(event: Event, old: Decimal | None) -> Decimal:
    cell = event.amount.replace(" ", "")
    try:
        value = number(0)(cell.lstrip("+").removesuffix("%"))
    except CellError:
        raise BadScenario(
            f"Line {event.line}: a raise has the new rate as its amount, or +2.00 or 5%, "
            f"not {event.amount!r}."
        ) from None
    assert isinstance(value, Decimal)
    if not value:
        raise BadScenario(f"Line {event.line}: a raise to or by nothing is none.")
    if _is_change(event):
        if not old:
            raise BadScenario(
                f"Line {event.line}: the rate before is not known: set 'rate' (dollars "
                "an hour), 'annual_salary' or 'salary' (dollars a pay period)."
            )
        return old + (to_cents(old * value / 100) if cell.endswith("%") else value)
    if old and value * 2 < old:
        return old + value  # no raise halves the rate: it is what was added
    return value


def rate_of(raises: Sequence[Raise], terms: Terms, line: int, day: date) -> Decimal:
    """The rate of a day as it was known on a line of the file; zero if none is."""
    rate = terms.base_rate or (raises[0].old if raises else ZERO)
    for one in raises:
        if one.line < line and one.start <= day:
            rate = one.new
    return rate


def back_pay(one: Raise, paid: Sequence[Paid]) -> Iterator[Earning]:
    """What payments at the old rate lack, by period, code and rate."""
    for payment in paid:
        if payment.span.end < one.start:
            continue
        share = _share(payment.span, one.start)
        known = payment.rate if payment.line < one.line and payment.rate else one.old
        share *= one.old / known  # what it lacked up to the old rate is paid by now
        before = [_line(c, amount * share, one.old) for c, amount in payment.lines]
        due = [
            Line(line.code, line.hours, one.new, to_cents(line.hours * one.new))
            for line in before
        ]
        for line in correct(before, due):
            if line.amount:
                yield Earning(
                    "RETRO",
                    line.amount,
                    f"Correction of {payment.ref}: {line.code}",
                    f"retro:{payment.ref}:{line.code}:{line.rate}",
                    line.hours,
                    line.rate,
                )


def _share(span: Span, start: date) -> Decimal:
    """The part of a period from ``start`` on, by its days."""
    if start <= span.start:
        return Decimal(1)
    days = Decimal((span.end - span.start).days + 1)
    return Decimal((span.end - start).days + 1) / days


def _line(code: str, amount: Decimal, rate: Decimal) -> Line:
    return Line(code, amount / rate, rate, to_cents(amount))
