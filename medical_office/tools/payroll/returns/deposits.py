"""When employment taxes have to be deposited (IRS Pub. 15, section 11)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum

from ...dates import add_business_days, month_end, next_business_day, quarter
from ...money import ZERO
from ..law.lawtable import rows_on

WEDNESDAY, FRIDAY = 2, 4
TUESDAY = 1
SEMIWEEKLY_DAYS = 3  # business days after the close of a semiweekly period


class Schedule(Enum):
    """Deposit schedule of an employer for a calendar year."""

    MONTHLY = "monthly"
    SEMIWEEKLY = "semiweekly"


@dataclass(frozen=True, slots=True)
class Deposit:
    """Dollars to deposit by ``due`` for the paydays ``paydays`` of one quarter."""

    due: date
    amount: Decimal
    paydays: tuple[date, ...]
    rule: str


def rule(key: str, day: date) -> tuple[Decimal, str]:
    """Return a figure of the deposit rules in force on ``day``, with its citation.

    :raises LookupError: there is none for that day
    """
    for row in rows_on("deposit_rules", day):
        if row["key"] == key:
            return Decimal(row["value"]), row["source"]
    raise LookupError(f"deposit_rules.csv has no {key!r} in force on {day}.")


def lookback(year: int) -> tuple[date, date]:
    """First and last day of the lookback period for ``year``: July to June before."""
    return date(year - 2, 7, 1), date(year - 1, 6, 30)


def schedule_for(
    year: int, reported: Sequence[Decimal], *, next_day_hit: bool = False
) -> Schedule:
    """Deposit schedule for ``year``.

    :param reported: line 12 of the Forms 941 of the four quarters of the lookback
        period as first filed, in dollars: later corrections do not count and quarters
        before the business began are zero
    :param next_day_hit: 100,000 was accumulated on a day of this or the last year
    """
    limit, _source = rule("lookback_limit", date(year, 1, 1))
    if next_day_hit or sum(reported, ZERO) > limit:
        return Schedule.SEMIWEEKLY
    return Schedule.MONTHLY


def period_end(payday: date, schedule: Schedule) -> date:
    """Last day of the deposit period that ``payday`` falls in.

    Monthly: the calendar month. Semiweekly: Wednesday to Friday, Saturday to Tuesday.
    """
    if schedule is Schedule.MONTHLY:
        return month_end(payday)
    close = FRIDAY if WEDNESDAY <= payday.weekday() <= FRIDAY else TUESDAY
    return payday + timedelta(days=(close - payday.weekday()) % 7)


def due_date(payday: date, schedule: Schedule) -> date:
    """Day by which the taxes of a payday are due, the next-day rule apart.

    A semiweekly depositor has three business days after the period's close, so that
    each legal holiday among them gives one day more.
    """
    end = period_end(payday, schedule)
    if schedule is Schedule.MONTHLY:
        return next_business_day(end + timedelta(days=15))
    return add_business_days(end, SEMIWEEKLY_DAYS)


def calendar(
    liabilities: Mapping[date, Decimal], schedule: Schedule
) -> tuple[Deposit, ...]:
    """Deposits for the taxes of a calendar year, in the order in which they fall due.

    Reaching 100,000 within a deposit period makes all of it due on the next business
    day and starts the count anew; it also turns a monthly depositor into a semiweekly
    one from the next day on. Paydays of two quarters are deposited separately.

    :param liabilities: payday -> income tax withheld and both shares of social security
        and Medicare, in dollars
    """
    found: list[Deposit] = []
    open_days: list[date] = []
    for payday in sorted(liabilities):
        if open_days and payday > period_end(open_days[0], schedule):
            found += _normal(open_days, liabilities, schedule)
            open_days = []
        open_days.append(payday)
        limit, _source = rule("next_day", payday)
        if sum(liabilities[day] for day in open_days) >= limit:
            due = add_business_days(payday, 1)
            found += _deposits(open_days, liabilities, due, "100,000 next-day rule")
            open_days, schedule = [], Schedule.SEMIWEEKLY
    if open_days:
        found += _normal(open_days, liabilities, schedule)
    return tuple(sorted(found, key=lambda deposit: (deposit.due, deposit.paydays)))


def _normal(
    days: Sequence[date], liabilities: Mapping[date, Decimal], schedule: Schedule
) -> Iterator[Deposit]:
    due = due_date(days[0], schedule)
    return _deposits(days, liabilities, due, f"{schedule.value} schedule")


def _deposits(
    days: Sequence[date], liabilities: Mapping[date, Decimal], due: date, why: str
) -> Iterator[Deposit]:
    for number in sorted({quarter(day) for day in days}):
        mine = tuple(day for day in days if quarter(day) == number)
        amount = sum((liabilities[day] for day in mine), ZERO)
        if amount:
            yield Deposit(due, amount, mine, why)


def return_due(year: int, number: int, *, deposited_on_time: bool = False) -> date:
    """Day by which Form 941 of a quarter has to be filed.

    The last day of the month after the quarter; the 10th of the month after that if all
    taxes were deposited in full and on time.
    """
    month = number * 3 + 1
    first = date(year + month // 13, (month - 1) % 12 + 1, 1)
    end = month_end(first)
    return next_business_day(end + timedelta(days=10) if deposited_on_time else end)


def with_return(
    line_12: Decimal, prior_line_12: Decimal | None, day: date, *, next_day_hit: bool
) -> bool:
    """Whether a quarter's tax may be paid with the return instead of deposited.

    Less than 2,500 in this or the last quarter, and no next-day deposit in this one.
    """
    limit, _source = rule("with_return", day)
    small = line_12 < limit or (prior_line_12 is not None and prior_line_12 < limit)
    return small and not next_day_hit


def futa_calendar(year: int, liabilities: Sequence[Decimal]) -> tuple[Deposit, ...]:
    """Deposits of FUTA tax, given the liability of each quarter of ``year`` (dollars).

    A quarter's tax with what was carried forward is due by the end of the next month
    once it exceeds 500; until then it is carried on. What the year leaves may be paid
    with Form 940.
    """
    found, carried, since = [], ZERO, 1
    for number, liability in enumerate(liabilities, 1):
        carried += liability
        due = return_due(year, number)
        limit, _source = rule("futa", due)
        last = number == 4
        if carried > limit or (last and carried):
            days = tuple(date(year, q * 3 - 2, 1) for q in range(since, number + 1))
            why = "over 500" if carried > limit else "500 or less: with Form 940"
            found.append(Deposit(due, carried, days, why))
            carried, since = ZERO, number + 1
    return tuple(found)
