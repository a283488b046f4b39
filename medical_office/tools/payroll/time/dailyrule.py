"""Daily overtime of a state, beside the weekly overtime of the federal Act.

Four states ask for a premium by the day. Each of them counts an hour once: what is
overtime by the day does not count towards 40 hours of the week. So a state's overtime
hours are never fewer than the federal ones, and its premium is never less. The federal
part stays apart, because it alone is qualified overtime on the W-2 (26 USC 225(c)).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ...money import ZERO, to_cents
from ..law.lawtable import kept, rows, rows_on
from ..law.statenames import NAMES
from ..law.working import Step, Worked
from .attendance import Interval
from .overtime import HALF, WEEKLY_HOURS, Overtime, Work, by_day
from .workday import Unit, Workday, by_shift, rolling

TABLE = "state_daily_overtime"
DAYS_OF_WEEK = 7
FLAT_BONUS = "Alvarado v. Dart Container Corp. (2018) 4 Cal.5th 542"


@dataclass(frozen=True, slots=True)
class DailyRule:
    """Time and a half after ``half_after`` hours of a day, double after ``double_after``.

    ``seventh_day``: on the seventh day worked of a workweek, time and a half from the
    first hour and double after ``seventh_double_after``. ``below_minimums``: only people paid
    less than so many times the minimum wage. ``salary_hours``: a salary pays so many
    hours of a week, and no overtime hour. ``bonus_by_straight_hours``: a flat bonus is
    divided by the hours without overtime. ``workday``: what counts as a day.
    """

    state: str
    half_after: Decimal
    double_after: Decimal | None = None
    seventh_day: bool = False
    below_minimums: Decimal | None = None
    salary_hours: Decimal | None = None
    bonus_by_straight_hours: bool = False
    workday: Workday = Workday.CALENDAR
    law: str = ""
    seventh_double_after: Decimal | None = None

    @property
    def name(self) -> str:
        """The state's name."""
        return NAMES[self.state]

    def agreed(self, hours: Decimal) -> "DailyRule":
        """The rule of a person whose agreed workday, allowed by the state, is longer.

        The seventh day stays as it is: it is no day of the agreed week.
        """
        double = self.double_after
        return replace(
            self,
            half_after=max(self.half_after, hours),
            double_after=None if double is None else max(double, hours),
        )


@kept
def states_with_rule() -> frozenset[str]:
    """States that have a rule at some time."""
    return frozenset(row["state"] for row in rows(TABLE))


def rule_on(state: str, day: date) -> DailyRule | None:
    """The rule of a state on ``day``, or None."""
    for row in rows_on(TABLE, day):
        if row["state"] == state:
            return DailyRule(
                state,
                Decimal(row["half_after"]),
                _decimal(row["double_after"]),
                row["seventh_day"] == "yes",
                _decimal(row["below_minimums"]),
                _decimal(row["salary_hours"]),
                row["bonus_by_straight_hours"] == "yes",
                Workday(row["workday"]),
                row["law"],
                Decimal(row["half_after"]) if row["seventh_day"] == "yes" else None,
            )
    return None


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


@dataclass(frozen=True, slots=True)
class StateWeek:
    """Overtime hours of one workweek by the day, at time and a half and at double time.

    ``straight`` are the hours that are neither. ``rule`` is that of the last day with
    one; None: no day of the week is under a rule.
    """

    rule: DailyRule | None
    half: Mapping[date, Decimal]
    double: Mapping[date, Decimal]
    straight: Decimal
    steps: tuple[Step, ...]

    @property
    def hours(self) -> Decimal:
        """Overtime hours."""
        return sum((*self.half.values(), *self.double.values()), ZERO)

    @property
    def halves(self) -> Decimal:
        """How many times half the regular rate is owed: twice for a double hour."""
        return self.hours + sum(self.double.values(), ZERO)

    def by_day(self) -> dict[date, Decimal]:
        """Overtime hours by the day, days without any left out."""
        days = {*self.half, *self.double}
        found = {d: self.half.get(d, ZERO) + self.double.get(d, ZERO) for d in days}
        return {day: count for day, count in sorted(found.items()) if count}


def _units(
    work: Sequence[Work],
    rules: Mapping[date, DailyRule],
    stretches: Sequence[Interval],
    since: date,
) -> list[Unit]:
    """What the rules count by: days of the calendar, of 24 hours from a begin, shifts."""
    days = [Unit(day, count) for day, count in sorted(by_day(work).items()) if count]
    kinds = {rules[unit.day].workday for unit in days if unit.day in rules}
    if not stretches or kinds <= {Workday.CALENDAR}:
        return days
    if Workday.ROLLING in kinds:
        return rolling(stretches, since)

    def over(units: Sequence[Unit]) -> Decimal:
        found = (
            max(ZERO, one.hours - max(ZERO, rules[one.day].half_after - one.before))
            for one in units
            if one.day in rules
        )
        return sum(found, ZERO)

    shifts = by_shift(stretches, since)
    return shifts if over(shifts) > over(days) else days


def state_week(
    work: Sequence[Work],
    rules: Mapping[date, DailyRule],
    stretches: Sequence[Interval] = (),
    since: date = date.min,
) -> StateWeek:
    """Sort the hours of one workweek: by the day first, then those over 40.

    :param rules: the rule of each day that has one, by the work state of that day
    :param stretches: the attendances to the end of the week in time order, for states
        whose day is not the calendar's; without them days are the calendar's
    :param since: the first day of the week; a workday that began before it goes on
    """
    units = _units(work, rules, stretches, since)
    seventh = len({unit.day for unit in units}) == DAYS_OF_WEEK
    last = max((unit.day for unit in units), default=None) if seventh else None
    straight: dict[date, Decimal] = {}
    half: dict[date, Decimal] = {}
    double: dict[date, Decimal] = {}
    rule = None
    for day, hours, before in units:
        begins, ends = hours, None
        if day in rules:
            rule = rules[day]
            begins, ends = max(ZERO, rule.half_after - before), rule.double_after
            if ends is not None:
                ends = max(ZERO, ends - before)
            if rule.seventh_day and day == last:
                begins, ends = ZERO, rule.seventh_double_after
        twice = ZERO if ends is None else max(ZERO, hours - ends)
        double[day] = double.get(day, ZERO) + twice
        half[day] = half.get(day, ZERO) + max(ZERO, hours - begins) - twice
        straight[day] = straight.get(day, ZERO) + min(hours, begins)
    daily = sum((*half.values(), *double.values()), ZERO)
    twice = sum(double.values(), ZERO)
    weekly = max(ZERO, sum(straight.values(), ZERO) - WEEKLY_HOURS)
    left = weekly
    for day in reversed(straight):
        part = min(left, straight[day])
        straight[day] -= part
        half[day] += part
        left -= part
    law = rule.law if rule else ""
    steps = (
        Step("Overtime hours by the day", daily, law),
        Step("of which at double time", twice, law),
        Step("Other hours over 40 in the workweek", weekly, law),
    )
    return StateWeek(rule, half, double, sum(straight.values(), ZERO), steps)


def state_premium(week: StateWeek, federal: Overtime) -> Worked:
    """What the state asks on top of straight time and of the federal premium.

    :return: dollars to the cent, zero or more
    """
    whole = to_cents(federal.regular_rate * HALF * week.halves)
    more = max(ZERO, whole - federal.premium)
    steps = (
        *week.steps,
        Step("Regular rate", federal.regular_rate, "29 CFR 778.109"),
        Step("Premium: half the rate x hours, all of it for double time", whole),
        Step("less the federal premium", federal.premium, "29 USC 207(a)(1)"),
        Step("State overtime premium", more),
    )
    return Worked(more, steps)


def state_premium_on_bonus(
    bonus: Decimal, weeks: Sequence[StateWeek], federal: Decimal
) -> Worked:
    """What a state asks on a flat bonus beyond the ``federal`` premium on it.

    Where the rule says so, the bonus is divided by the hours without overtime and the
    whole of it, not the half, is owed for each overtime hour. Elsewhere the rise of the
    regular rate is the federal one.

    :param weeks: the workweeks of the pay period in which the bonus was earned
    :return: dollars to the cent, zero or more
    """
    rules = [week.rule for week in weeks if week.rule is not None]
    straight = sum((week.straight for week in weeks), ZERO)
    halves = sum((week.halves for week in weeks), ZERO)
    hours = sum((week.hours for week in weeks), ZERO)
    if not rules or not straight or not hours:
        return Worked(ZERO)
    if rules[-1].bonus_by_straight_hours:
        rise = bonus / straight
        whole = to_cents(rise * (hours + halves * HALF))
        label, law = "Bonus / hours without overtime", FLAT_BONUS
    else:
        rise = bonus / (straight + hours)
        whole = to_cents(rise * HALF * halves)
        label, law = "Bonus / hours worked", rules[-1].law
    more = max(ZERO, whole - federal)
    steps = (
        Step(label, rise, law),
        Step("Overtime on it by the state's rule", whole, law),
        Step("less the federal premium on the bonus", federal, "29 CFR 778.209"),
        Step("State overtime premium on the bonus", more),
    )
    return Worked(more, steps)
