"""Pay for the time of a pay period, hourly and salaried, with overtime."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ..money import ZERO, to_cents
from .bonus import Week, overtime_on_bonus
from .overtime import Overtime, Salary, Work, eight_and_eighty, weekly
from .proration import Pay, prorate, weekday
from .slipfacts import Earning
from .timecard import Basis, Bucket, Leave, Timecard, TimeToPay, time_to_pay
from .working import Step
from .workperiod import Scheme

PAID_LEAVE = {
    Bucket.PTO: ("PTO", "Paid time off"),
    Bucket.HOLIDAY: ("HOL", "Holiday"),
    Bucket.SICK: ("SICK", "Sick leave"),
}


def hourly(
    card: Timecard, rate_on: Callable[[date], Decimal], bonus: Decimal = ZERO
) -> tuple[tuple[Earning, ...], TimeToPay]:
    """Pay of an hourly person: straight time, leave, overtime premium.

    :param card: its work carries the rates of the hours
    :param rate_on: dollars an hour on a day, for paid leave
    :param bonus: a nondiscretionary bonus of the period, laid over its weeks
    :return: the earnings, and the hours by bucket
    """
    time = time_to_pay(card)
    found = list(_straight(work for work in card.work if work.day in card.period))
    for bucket, (code, name) in PAID_LEAVE.items():
        leaves = [x for x in card.leaves if x.kind is bucket and x.day in card.period]
        found += _leave(leaves, code, name, rate_on)
    found += _premium(card, time, None, bonus)
    return tuple(found), time


def _straight(work: Iterable[Work]) -> Iterable[Earning]:
    hours: dict[Decimal, Decimal] = {}
    for item in work:
        rate = item.rate + item.differential
        hours[rate] = hours.get(rate, ZERO) + item.hours
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
    weekly_salary: Salary | None = None,
    bonus: Decimal = ZERO,
) -> tuple[tuple[Earning, ...], TimeToPay]:
    """Pay of a salaried person: the prorated salary, split by paid leave.

    Unpaid leave takes its share of the scheduled hours off. A person who is not exempt
    gets straight time for hours beyond those the salary covers, and the premium.

    :param pays: salary of a whole period, with the days it holds
    :param works: whether the person works on a day by schedule
    :param weekly_salary: of a person who is not exempt
    """
    time = time_to_pay(card)
    whole = prorate(card.period, pays, works)
    schedule = card.schedule or {}
    planned = sum(
        (
            schedule.get(day, ZERO)
            for day in card.period.days()
            if any(day in pay.span for pay in pays)
        ),
        ZERO,
    )
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
        found += _beyond(time, weekly_salary)
    found += _premium(card, time, weekly_salary, bonus)
    return tuple(found), time


def _beyond(time: TimeToPay, salary: Salary) -> Iterable[Earning]:
    if salary.covers is None:
        return
    for span, work in time.due:
        hours = sum((w.hours for w in work), ZERO)
        over = max(ZERO, hours - salary.covers)
        if over:
            amount = to_cents(over * salary.rate(hours))
            label = f"{over} hours beyond the {salary.covers} of the salary"
            step = Step(label, amount, "29 CFR 778.113")
            name = f"Hours beyond the salary, week to {span.end}"
            yield Earning("REG", amount, name, f"week:{span.end}", over, steps=(step,))


def _premium(
    card: Timecard, time: TimeToPay, salary: Salary | None, bonus: Decimal
) -> Iterable[Earning]:
    if card.basis is Basis.EXEMPT:
        return
    weeks = []
    for span, work in time.due:
        if not work:
            continue
        result = _overtime(card.scheme, work, salary)
        weeks.append(Week(f"week to {span.end}", result.hours, result.overtime_hours))
        if result.due:
            yield Earning(
                "OTP",
                result.due,
                f"Overtime premium, {_words(card.scheme)} to {span.end}",
                f"week:{span.end}",
                result.overtime_hours,
                result.regular_rate / 2,
                result.steps,
            )
    if bonus and any(week.hours for week in weeks):
        more = overtime_on_bonus(bonus, weeks)
        if more.amount:
            name = "Overtime premium on the bonus"
            yield Earning("OTP", more.amount, name, "bonus", steps=more.steps)


def _words(scheme: Scheme) -> str:
    return "week" if scheme is Scheme.WEEK else "14 days"


def _overtime(scheme: Scheme, work: Sequence[Work], salary: Salary | None) -> Overtime:
    if scheme is Scheme.FORTNIGHT:
        return eight_and_eighty(work)
    if salary is not None:
        work = [replace(item, rate=ZERO) for item in work]
    return weekly(work, salary=salary)
