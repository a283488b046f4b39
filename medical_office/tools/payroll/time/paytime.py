"""Pay for the time of a pay period, hourly and salaried, with overtime."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ...dates import us_day
from ...money import ZERO, to_cents
from ..law.working import Step
from .bonus import Week, overtime_on_bonus
from .dailyrule import StateWeek, state_premium, state_premium_on_bonus, state_week
from .earning import Earning
from .overtime import Overtime, Salary, Work, eight_and_eighty, weekly
from .proration import Pay, prorate, weekday
from .shifts import earnings as shift_earnings
from .timecard import Basis, Bucket, Leave, Timecard, TimeToPay, time_to_pay
from .workperiod import Scheme, Span

PAID_LEAVE = {
    Bucket.PTO: ("PTO", "Paid time off"),
    Bucket.HOLIDAY: ("HOL", "Holiday"),
    Bucket.SICK: ("SICK", "Sick leave"),
}
AWAY = (*PAID_LEAVE, Bucket.UNPAID)


def hourly(
    card: Timecard, rate_on: Callable[[date], Decimal], bonus: Decimal = ZERO
) -> tuple[tuple[Earning, ...], TimeToPay]:
    """Pay of an hourly person: straight time, differentials, leave, overtime premium.

    :param card: its work carries the rates of the hours
    :param rate_on: dollars an hour on a day, for paid leave
    :param bonus: a nondiscretionary bonus of the period, laid over its weeks
    :return: the earnings, and the hours by bucket
    """
    time = time_to_pay(card)
    worked = [work for work in card.work if work.day in card.period]
    found = [*_straight(worked), *shift_earnings(worked)]
    for bucket, (code, name) in PAID_LEAVE.items():
        leaves = [x for x in card.leaves if x.kind is bucket and x.day in card.period]
        found += _leave(leaves, code, name, rate_on)
    found += _premium(card, time, None, bonus)
    return tuple(found), time


def _straight(work: Iterable[Work]) -> Iterable[Earning]:
    hours: dict[Decimal, Decimal] = {}
    for item in work:
        hours[item.rate] = hours.get(item.rate, ZERO) + item.hours
    for rate, count in sorted(hours.items()):
        amount = to_cents(count * rate)
        step = Step(f"{count} hours worked x {rate}", amount)
        yield Earning("REG", amount, "Regular pay", "", count, rate, (step,))


def _leave(
    leaves: Sequence[Leave], code: str, name: str, rate_on: Callable[[date], Decimal]
) -> Iterable[Earning]:
    hours: dict[Decimal, Decimal] = {}
    for leave in leaves:
        rate = rate_on(leave.day)
        hours[rate] = hours.get(rate, ZERO) + leave.hours
    for rate, count in sorted(hours.items()):
        amount = to_cents(count * rate)
        step = Step(f"{count} hours x {rate}", amount)
        yield Earning(code, amount, name, "", count, rate, (step,))


def salaried(
    card: Timecard,
    pays: Sequence[Pay],
    *,
    works: Callable[[date], bool] = weekday,
    weekly_salary: Callable[[Span], Salary] | None = None,
    bonus: Decimal = ZERO,
) -> tuple[tuple[Earning, ...], TimeToPay]:
    """Pay of a salaried person: the prorated salary, split by paid leave.

    Unpaid leave takes its share of the scheduled hours off. A person who is not exempt
    gets straight time for hours beyond those the salary covers, and the premium.

    :param pays: salary of a whole period, with the days it holds
    :param works: whether the person works on a day by schedule
    :param weekly_salary: a week's, of a person who is not exempt, for the days of a
        work period
    """
    time = time_to_pay(card)
    whole = prorate(card.period, pays, works)
    planned = _planned(card, pays) if any(time.hours[kind] for kind in AWAY) else ZERO
    found: list[Earning] = []
    left = whole.amount
    for bucket, (code, name) in PAID_LEAVE.items():
        count = time.hours[bucket]
        if count and planned:
            part = min(left, to_cents(whole.amount * count / planned))
            left -= part
            step = Step(f"{count} of {planned} scheduled hours", part)
            found.append(Earning(code, part, name, "", count, steps=(step,)))
    steps = list(whole.steps)
    unpaid = time.hours[Bucket.UNPAID]
    if unpaid and planned:
        off = min(left, to_cents(whole.amount * unpaid / planned))
        left -= off
        steps.append(Step(f"less {unpaid} of {planned} hours unpaid", -off))
    regular = time.hours[Bucket.REGULAR]
    if left:
        first = Earning("REG", left, "Salary", "", regular, steps=tuple(steps))
        found.insert(0, first)
    if weekly_salary is not None:
        found += _beyond(card, time, weekly_salary)
    found += shift_earnings(work for work in card.work if work.day in card.period)
    found += _premium(card, time, weekly_salary, bonus)
    return tuple(found), time


def _planned(card: Timecard, pays: Sequence[Pay]) -> Decimal:
    """The scheduled hours of the days under a salary."""
    schedule = card.schedule or {}
    return sum(
        (
            schedule.get(day, ZERO)
            for day in card.period.days()
            if any(day in pay.span for pay in pays)
        ),
        ZERO,
    )


def _beyond(
    card: Timecard, time: TimeToPay, salary_of: Callable[[Span], Salary]
) -> Iterable[Earning]:
    for span, work in time.due:
        salary = _whole(card.scheme, salary_of(span))
        if salary.covers is None:
            continue
        hours = sum((w.hours for w in work), ZERO)
        over = max(ZERO, hours - salary.covers)
        label = f"{over} hours beyond the {salary.covers} of the salary"
        law = "29 CFR 778.113"
        state = card.state_week(span, work)
        if state and state.rule and state.rule.salary_hours and state.hours > over:
            # the salary pays for no overtime hour of the day
            over, law = state.hours, state.rule.law
            label = f"{over} overtime hours, which the salary does not pay"
        if over:
            amount = to_cents(over * salary.rate(hours))
            step = Step(label, amount, law)
            name = (
                f"Hours beyond the salary, {_words(card.scheme)} to {us_day(span.end)}"
            )
            yield Earning("REG", amount, name, f"week:{span.end}", over, steps=(step,))


def _premium(
    card: Timecard,
    time: TimeToPay,
    salary_of: Callable[[Span], Salary] | None,
    bonus: Decimal,
) -> Iterable[Earning]:
    if card.basis is Basis.EXEMPT:
        return
    weeks, state_weeks = [], []
    for span, work in time.due:
        if not work:
            continue
        salary = _whole(card.scheme, salary_of(span)) if salary_of else None
        result = _overtime(card.scheme, work, salary)
        weeks.append(
            Week(f"week to {us_day(span.end)}", result.hours, result.overtime_hours)
        )
        if result.due:
            yield Earning(
                "OTP",
                result.due,
                f"Overtime premium, {_words(card.scheme)} to {us_day(span.end)}",
                f"week:{span.end}",
                result.overtime_hours,
                result.regular_rate / 2,
                result.steps,
            )
        state = card.state_week(span, work)
        state_weeks.append(state or state_week(work, {}))
        if state is not None:
            yield from _state_premium(span.end, state, result)
    if bonus and any(week.hours for week in weeks):
        more = overtime_on_bonus(bonus, weeks)
        if more.amount:
            name = "Overtime premium on bonus and allowance"
            yield Earning("OTP", more.amount, name, "bonus", steps=more.steps)
        if card.scheme is Scheme.WEEK:
            extra = state_premium_on_bonus(bonus, state_weeks, more.amount)
            if extra.amount:
                name = "State overtime premium on bonus and allowance"
                yield Earning("OTS", extra.amount, name, "bonus", steps=extra.steps)


def _state_premium(
    week: date, state: StateWeek, federal: Overtime
) -> Iterable[Earning]:
    worked = state_premium(state, federal)
    if worked.amount and state.rule is not None:
        yield Earning(
            "OTS",
            worked.amount,
            f"{state.rule.name} overtime premium, week to {us_day(week)}",
            f"week:{week}",
            state.hours,
            federal.regular_rate / 2,
            worked.steps,
        )


def _whole(scheme: Scheme, salary: Salary) -> Salary:
    """A week's salary as that of the whole work period."""
    weeks = scheme.value // Scheme.WEEK.value
    covers = None if salary.covers is None else salary.covers * weeks
    return Salary(salary.amount * weeks, covers)


def _words(scheme: Scheme) -> str:
    return "week" if scheme is Scheme.WEEK else "14 days"


def _overtime(scheme: Scheme, work: Sequence[Work], salary: Salary | None) -> Overtime:
    if salary is not None:
        work = [replace(item, rate=ZERO) for item in work]
    if scheme is Scheme.FORTNIGHT:
        return eight_and_eighty(work, salary=salary)
    return weekly(work, salary=salary)
