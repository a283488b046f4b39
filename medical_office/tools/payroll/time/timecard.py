"""Time to pay: which hours of a pay period are regular, overtime, leave or unpaid."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from ...dates import us_day
from ...money import ZERO
from .attendance import Interval
from .dailyrule import DailyRule, StateWeek, state_week
from .overtime import Work, by_day
from .workday import clipped
from .workperiod import Scheme, Span, ending_in, overtime_by_day


class Bucket(Enum):
    """What the hours of a pay period are paid as."""

    REGULAR = "regular"
    OVERTIME = "overtime"
    # Overtime hours of a week that began in the last pay period and were paid straight
    # there: only the premium is owed now.
    OVERTIME_EARLIER = "overtime_earlier"
    PTO = "pto"
    HOLIDAY = "holiday"
    SICK = "sick"
    UNPAID = "unpaid"


LEAVES = (Bucket.PTO, Bucket.HOLIDAY, Bucket.SICK, Bucket.UNPAID)


class Basis(Enum):
    """What a person's regular hours are counted from."""

    HOURLY = "hourly"  # hours worked
    SALARIED = "salaried"  # hours scheduled; overtime still by hours worked
    EXEMPT = "exempt"  # hours scheduled, no overtime (29 USC 213(a)(1))


@dataclass(frozen=True, slots=True)
class Leave:
    """Approved hours of leave on one day."""

    day: date
    hours: Decimal
    kind: Bucket

    def __post_init__(self) -> None:
        if self.kind not in LEAVES:
            raise ValueError(f"{self.kind.value!r} is not a kind of leave.")


@dataclass(frozen=True, slots=True)
class Timecard:
    """What the attendance, schedule and leave of one person say for a pay period.

    ``work`` holds the work of the pay period *and* of the days before it that belong to
    a work period ending in it; ``schedule`` the hours expected on each day. ``daily`` is
    the state's daily overtime rule of each day that has one; it counts by the workweek
    and not where 8 and 80 is agreed. ``stretches`` are the attendances, for states whose
    workday is not the calendar's.
    """

    period: Span
    work: Sequence[Work] = ()
    schedule: Mapping[date, Decimal] | None = None
    leaves: Sequence[Leave] = ()
    basis: Basis = Basis.HOURLY
    scheme: Scheme = Scheme.WEEK
    week_starts: date = date(2024, 12, 29)  # a Sunday
    daily: Mapping[date, DailyRule] = field(default_factory=dict)
    stretches: Sequence[Interval] = ()

    def state_week(self, span: Span, work: Sequence[Work]) -> StateWeek | None:
        """A workweek by the state's rule; None where no day of it is under one."""
        if self.scheme is not Scheme.WEEK or not any(w.day in self.daily for w in work):
            return None
        stretches = clipped(self.stretches, span)
        return state_week(work, self.daily, stretches, span.start)

    def overtime(self, span: Span, work: Sequence[Work]) -> dict[date, Decimal]:
        """Overtime hours of one work period, by the day."""
        week = self.state_week(span, work)
        return week.by_day() if week else overtime_by_day(work, self.scheme)


@dataclass(frozen=True, slots=True)
class TimeToPay:
    """Hours per bucket, the work periods whose overtime falls due, and remarks.

    Each of ``due`` is the work of one work period, for :func:`overtime.weekly` or
    :func:`overtime.eight_and_eighty`. A remark is a sentence for the preparer.
    """

    hours: Mapping[Bucket, Decimal]
    due: tuple[tuple[Span, tuple[Work, ...]], ...]
    remarks: tuple[str, ...]


def time_to_pay(card: Timecard) -> TimeToPay:
    """Sort the hours of a pay period into buckets.

    Paid leave is no work: it never makes overtime (29 CFR 778.218). Hours worked in the
    period always appear in it, as regular or overtime; every scheduled hour that is
    neither worked nor on paid leave is unpaid.
    """
    period = card.period
    worked = {d: h for d, h in by_day(card.work).items() if d in period}
    leaves = [leave for leave in card.leaves if leave.day in period]
    hours = dict.fromkeys(Bucket, ZERO)
    for leave in leaves:
        if leave.kind is not Bucket.UNPAID:
            hours[leave.kind] += leave.hours
    due = _due(card)
    for span, work in due:
        for day, count in card.overtime(span, work).items():
            inside = day in period
            hours[Bucket.OVERTIME if inside else Bucket.OVERTIME_EARLIER] += count
    schedule = card.schedule or {}
    if card.basis is Basis.HOURLY:
        total = sum(worked.values(), ZERO)
        hours[Bucket.REGULAR] = total - hours[Bucket.OVERTIME]
        hours[Bucket.UNPAID] = _missing(period, schedule, worked, leaves)
    else:
        away = [leave for leave in leaves if leave.kind is Bucket.UNPAID]
        hours[Bucket.UNPAID] = sum((leave.hours for leave in away), ZERO)
        planned = sum((schedule.get(d, ZERO) for d in period.days()), ZERO)
        leave_hours = sum((leave.hours for leave in leaves), ZERO)
        hours[Bucket.REGULAR] = max(ZERO, planned - leave_hours)
    return TimeToPay(hours, due, tuple(_remarks(card, worked, leaves)))


def _due(card: Timecard) -> tuple[tuple[Span, tuple[Work, ...]], ...]:
    if card.basis is Basis.EXEMPT:
        return ()
    spans = ending_in(card.period, card.scheme, card.week_starts)
    return tuple(
        (span, tuple(work for work in card.work if work.day in span)) for span in spans
    )


def _missing(
    period: Span,
    schedule: Mapping[date, Decimal],
    worked: Mapping[date, Decimal],
    leaves: Iterable[Leave],
) -> Decimal:
    paid: dict[date, Decimal] = {}
    for leave in leaves:
        if leave.kind is not Bucket.UNPAID:
            paid[leave.day] = paid.get(leave.day, ZERO) + leave.hours
    return sum(
        (
            max(ZERO, schedule.get(d, ZERO) - worked.get(d, ZERO) - paid.get(d, ZERO))
            for d in period.days()
        ),
        ZERO,
    )


def _remarks(
    card: Timecard, worked: Mapping[date, Decimal], leaves: Iterable[Leave]
) -> Iterable[str]:
    schedule = card.schedule or {}
    days: dict[date, Decimal] = {}
    for leave in leaves:
        days[leave.day] = days.get(leave.day, ZERO) + leave.hours
        partial = leave.hours < schedule.get(leave.day, ZERO)
        if card.basis is Basis.EXEMPT and leave.kind is Bucket.UNPAID and partial:
            yield (
                f"{us_day(leave.day)}: {leave.hours} h of unpaid leave is part of a day; an "
                "exempt salary may be docked by whole days only (29 CFR 541.602), "
                "family leave apart."
            )
    for day, away in sorted(days.items()):
        planned, there = schedule.get(day, ZERO), worked.get(day, ZERO)
        if card.basis is not Basis.HOURLY:
            there = ZERO
        if away + there > planned:
            yield (
                f"{us_day(day)}: {away} h of leave and {there} h of work exceed the "
                f"{planned} h scheduled."
            )
