"""Overtime of the Fair Labor Standards Act: half the regular rate on top of the rest.

Straight time is owed for every hour worked. An overtime hour earns half the week's
*regular rate* besides, and the regular rate is everything paid for the week's work
(29 USC 207(e)) divided by the hours worked: several rates are weighted and a
nondiscretionary bonus counts. Keeping the half apart makes a workweek that straddles
two pay periods simple, and it is the very amount that the 2025 law calls qualified
overtime (W-2 box 12, code TT).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ...money import ZERO, to_cents
from ..law.working import Step

HALF = Decimal("0.5")
WEEKLY_HOURS = Decimal(40)  # 29 USC 207(a)(1)
DAILY_HOURS = Decimal(8)  # 29 USC 207(j)
FORTNIGHT_HOURS = Decimal(80)  # 29 USC 207(j)
FORTNIGHT_DAYS = 14


@dataclass(frozen=True, slots=True)
class Shift:
    """What an hour earns above its rate for its time (night, weekend), in dollars."""

    key: str
    name: str
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Work:
    """Hours of one day at one straight-time rate, in dollars an hour.

    ``shifts`` are what each hour earns beside the rate: they count in the regular rate
    (29 CFR 778.207(b)).
    """

    day: date
    hours: Decimal
    rate: Decimal = ZERO
    shifts: tuple[Shift, ...] = ()

    @property
    def differential(self) -> Decimal:
        """Dollars an hour beside the rate."""
        return sum((shift.rate for shift in self.shifts), ZERO)

    def __post_init__(self) -> None:
        if min(self.hours, self.rate, self.differential) < 0:
            raise ValueError(
                f"Work on {self.day}: hours, rate and differential must be 0 or more."
            )


@dataclass(frozen=True, slots=True)
class Salary:
    """A salaried, not exempt person's pay for the work period, in dollars.

    ``covers`` is the number of hours the salary is agreed to pay (29 CFR 778.113);
    None means whatever hours are worked (fluctuating workweek, 29 CFR 778.114).
    """

    amount: Decimal
    covers: Decimal | None = None

    def rate(self, hours: Decimal) -> Decimal:
        """Dollars an hour that the salary pays when ``hours`` are worked."""
        divisor = hours if self.covers is None else self.covers
        return self.amount / divisor if divisor else ZERO


@dataclass(frozen=True, slots=True)
class Extra:
    """Pay of the work period beside the hours, in dollars.

    ``included``: in the regular rate (nondiscretionary bonus, commission, on-call pay:
    29 CFR 778.208-778.223). ``creditable``: overtime premiums already paid by contract
    or state law, which are outside the regular rate and count towards the premium due
    (29 USC 207(e)(5)-(7), 207(h)). Discretionary bonuses, gifts, paid leave and
    expenses are neither: leave them out.
    """

    included: Decimal = ZERO
    creditable: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Overtime:
    """Pay of one work period: dollars to the cent, the regular rate unrounded.

    ``straight`` pays all hours, ``premium`` is what the Act requires on top for the
    overtime hours, ``credited`` the part that contract premiums have paid already and
    ``due`` the rest. ``qualified`` is the amount for W-2 box 12, code TT.
    """

    hours: Decimal
    overtime_hours: Decimal
    regular_rate: Decimal
    straight: Decimal
    premium: Decimal
    credited: Decimal
    steps: tuple[Step, ...]

    @property
    def due(self) -> Decimal:
        """Overtime premium still to be paid, in dollars."""
        return self.premium - self.credited

    @property
    def qualified(self) -> Decimal:
        """Premium required by section 7 of the Act, whoever paid it under which name.

        Contract or state premiums beyond it do not qualify (26 USC 225(c), as added by
        P.L. 119-21 section 70202).
        """
        return self.premium


def weekly(
    work: Sequence[Work],
    *,
    salary: Salary | None = None,
    extra: Extra = Extra(),
    cents: bool = False,
) -> Overtime:
    """Overtime over 40 hours of one workweek (29 USC 207(a)).

    :param work: the hours of one workweek; with a salary the rates may be zero
    :param cents: round the regular rate, and its half, to the cent as the examples of
        29 CFR 778 do; otherwise only amounts are rounded
    :raises ValueError: the work does not lie within seven days
    """
    _within(work, 7)
    total = sum((w.hours for w in work), ZERO)
    over = max(ZERO, total - WEEKLY_HOURS)
    step = Step("Hours over 40 in the workweek", over, "29 USC 207(a)(1)")
    return _pay(work, (over, step), salary, extra, cents=cents)


def eight_and_eighty(
    work: Sequence[Work],
    *,
    salary: Salary | None = None,
    extra: Extra = Extra(),
    cents: bool = False,
) -> Overtime:
    """Overtime over 8 hours a day and over 80 in a fixed 14-day period (29 USC 207(j)).

    Only for hospitals and residential care, by agreement before the work; an ordinary
    physician's office does not qualify (WHD opinion letter FLSA2019-3). The premium for
    daily overtime counts towards that for the fortnight (WHD Fact Sheet 54), hence the
    larger of the two numbers of hours.

    :param work: the hours of one 14-day period; days are workdays
    :param salary: of the 14 days; with it the rates may be zero
    :raises ValueError: the work does not lie within fourteen days
    """
    _within(work, FORTNIGHT_DAYS)
    daily = sum((max(ZERO, h - DAILY_HOURS) for h in by_day(work).values()), ZERO)
    total = sum((w.hours for w in work), ZERO)
    over = max(daily, total - FORTNIGHT_HOURS)
    label = f"Hours over 8 a day ({daily}) or over 80 in 14 days, the larger"
    step = Step(label, over, "29 USC 207(j)")
    return _pay(work, (over, step), salary, extra, cents=cents)


def by_day(work: Iterable[Work]) -> dict[date, Decimal]:
    """Hours of each day."""
    days: dict[date, Decimal] = {}
    for item in work:
        days[item.day] = days.get(item.day, ZERO) + item.hours
    return days


def _within(work: Sequence[Work], days: int) -> None:
    if not work:
        return
    first, last = min(w.day for w in work), max(w.day for w in work)
    if (last - first).days >= days:
        raise ValueError(
            f"Work from {first} to {last} is longer than its {days}-day work period."
        )


def _pay(
    work: Sequence[Work],
    over: tuple[Decimal, Step],
    salary: Salary | None,
    extra: Extra,
    *,
    cents: bool,
) -> Overtime:
    hours = sum((w.hours for w in work), ZERO)
    worked = sum((w.hours * (w.rate + w.differential) for w in work), ZERO)
    straight, earned = worked, worked
    if salary is not None:
        rate = salary.rate(hours)
        beyond = ZERO if salary.covers is None else max(ZERO, hours - salary.covers)
        straight += salary.amount + beyond * rate
        earned += rate * hours
    counted = earned + extra.included
    regular = counted / hours if hours else ZERO
    half = regular * HALF
    if cents:
        regular = to_cents(regular)
        half = to_cents(regular * HALF)
    overtime_hours, over_step = over
    premium = to_cents(half * overtime_hours)
    credited = min(premium, to_cents(extra.creditable))
    steps = (
        Step("Hours worked", hours),
        Step("Straight-time pay for the hours", to_cents(straight)),
        Step("Pay that counts in the regular rate", to_cents(counted), "29 USC 207(e)"),
        Step("Regular rate: that pay / hours", regular, "29 CFR 778.109"),
        over_step,
        Step("Premium: half the regular rate x those hours", premium, "29 CFR 778.110"),
        Step("less premiums paid already", credited, "29 USC 207(h)"),
        Step("Overtime premium due", premium - credited),
    )
    return Overtime(
        hours, overtime_hours, regular, to_cents(straight), premium, credited, steps
    )
