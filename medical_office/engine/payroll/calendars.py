"""Scheduled hours of each day, and the days on which the practice is closed."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

import pytz

from ...tools.money import ZERO, money
from ...tools.payroll.time.timecard import Bucket, Leave
from ...tools.payroll.time.workperiod import Span
from .orm import Env, Record, Records


class Plan(NamedTuple):
    """What a calendar plans for a span: hours by day, holidays, hours and days in all."""

    hours: dict[date, Decimal]
    closed: list[Leave]
    total: Decimal
    days: int


class Calendars:
    """Hours of the day by the calendars' weekly pattern, and the practice's holidays."""

    def __init__(self, env: Env, calendars: Records, first: date, last: date) -> None:
        self._plans: dict[Any, Plan] = {}
        self._hours: dict[tuple[int, date], Decimal] = {}
        self._works: dict[int, Callable[[date], bool]] = {}
        self.patterns: dict[int, dict[tuple[int, int], Decimal]] = defaultdict(
            lambda: defaultdict(lambda: ZERO)
        )
        self.two_weeks = {
            calendar.id: calendar.two_weeks_calendar for calendar in calendars
        }
        for line in calendars.attendance_ids:
            if line.day_period == "lunch" or line.display_type:
                continue
            week = int(line.week_type) if line.week_type else 0
            key = (int(line.dayofweek), week)
            hours = money(line.hour_to) - money(line.hour_from)
            self.patterns[line.calendar_id.id][key] += hours
        self.closed: dict[int, set[date]] = defaultdict(set)
        self.everywhere: dict[int, set[date]] = defaultdict(set)
        closures = env["resource.calendar.leaves"].search(
            [
                ("resource_id", "=", False),
                ("calendar_id", "in", [False, *calendars.ids]),
                ("date_from", "<=", datetime.combine(last, time.max)),
                ("date_to", ">=", datetime.combine(first, time.min)),
            ]
        )
        for closure in closures:
            zone = pytz.timezone(
                closure.calendar_id.tz or env.company.partner_id.tz or "UTC"
            )
            days = _days(closure.date_from, closure.date_to, zone)
            if closure.calendar_id:
                self.closed[closure.calendar_id.id] |= days
            else:
                self.everywhere[closure.company_id.id] |= days

    def hours(self, calendar: Record, day: date) -> Decimal:
        """Scheduled hours of a day, holidays not taken off."""
        key = (calendar.id, day)
        if key not in self._hours:
            self._hours[key] = self._scheduled(calendar, day)
        return self._hours[key]

    def works(self, calendar: Record) -> Callable[[date], bool]:
        """Whether a calendar has hours on a day; without a pattern Monday to Friday."""
        number = calendar.id
        if number not in self._works:
            asked = calendar if self.patterns.get(number) else None
            known: dict[date, bool] = {}

            def on(day: date) -> bool:
                if day not in known:
                    whole = (
                        day.weekday() < 5 if asked is None else self.hours(asked, day)
                    )
                    known[day] = bool(whole)
                return known[day]

            self._works[number] = on
        return self._works[number]

    def _scheduled(self, calendar: Record, day: date) -> Decimal:
        pattern = self.patterns.get(calendar.id)
        if not pattern:
            return ZERO
        week = 0
        if self.two_weeks.get(calendar.id):
            week = (day.toordinal() - 1) // 7 % 2
        return pattern[day.weekday(), week]

    def plan(self, calendar: Record, company: Record, span: Span) -> Plan:
        """The :class:`Plan` of a span, the same for everyone on the calendar."""
        key = (calendar.id, company.id, span)
        if key not in self._plans:
            hours = {day: self.hours(calendar, day) for day in span.days()}
            closed = [
                Leave(day, count, Bucket.HOLIDAY)
                for day, count in hours.items()
                if count and self.is_closed(calendar, company, day)
            ]
            self._plans[key] = Plan(
                hours,
                closed,
                sum(hours.values(), ZERO),
                sum(map(bool, hours.values())),
            )
        return self._plans[key]

    def is_closed(self, calendar: Record, company: Record, day: date) -> bool:
        """Whether the practice is closed on a day that the calendar would work."""
        return (
            day in self.closed[calendar.id]
            or day in self.everywhere[company.id]
            or day in self.everywhere[False]
        )


def _days(start: datetime, stop: datetime, zone: Any) -> set[date]:
    """Local days that a closure (UTC) covers for half a day or more."""
    first = pytz.utc.localize(start).astimezone(zone)
    last = pytz.utc.localize(stop).astimezone(zone)
    found, day = set(), first.date()
    while day <= last.date():
        begin = max(first, zone.localize(datetime.combine(day, time.min)))
        end = min(last, zone.localize(datetime.combine(day, time.max)))
        if (end - begin) >= timedelta(hours=4):
            found.add(day)
        day += timedelta(days=1)
    return found
