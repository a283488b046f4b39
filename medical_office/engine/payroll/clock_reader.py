"""What the clock says of people's days, and what approved timesheets say instead."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any

import pytz

from ...tools.money import money
from ...tools.payroll.time.daysheet import Day, Stretch, laid, split
from .orm import Env, Record, Records

DAY = timedelta(days=1)
# states in which a timesheet says what is paid
IN_FORCE = ("approved", "locked")
Pieces = list[tuple[datetime, datetime]]


def zone_of(employee: Record) -> Any:
    """The time zone in which a person's days begin and end.

    It is that of the working hours, which the host keeps on the employee; else that of
    the practice's address, else UTC.

    :return: a time zone of pytz
    """
    company = employee.company_id or employee.env.company
    return pytz.timezone(employee.tz or company.partner_id.tz or "UTC")


class ClockReader:
    """The stretches of each day from ``first`` to ``last``, by attendance: one query.

    :param employees: whose attendances; read with the rights of their environment
    """

    def __init__(self, env: Env, employees: Records, first: date, last: date) -> None:
        self.days: dict[int, dict[date, list[Stretch]]] = defaultdict(
            lambda: defaultdict(list)
        )
        zones = {employee.id: zone_of(employee) for employee in employees}
        # a night begins the day before, and a day of the practice is not one of UTC
        for one in env["hr.attendance"].search_fetch(
            [
                ("employee_id", "in", employees.ids),
                ("check_in", ">=", datetime.combine(first - 2 * DAY, time.min)),
                ("check_in", "<=", datetime.combine(last + DAY, time.max)),
            ],
            ["employee_id", "check_in", "check_out"],
            order="employee_id, check_in",
        ):
            person = one.employee_id.id
            end = one.check_out and pytz.utc.localize(one.check_out)
            start = pytz.utc.localize(one.check_in)
            if end and end <= start:
                continue  # no time was worked; the pay run says what is wrong with it
            for day, stretch in split(start, end or None, zones[person]):
                if first <= day <= last:
                    self.days[person][day].append(stretch)

    def of(self, employee: Record, day: date) -> list[Stretch]:
        """Stretches of a person's day, in time order."""
        return self.days[employee.id][day] if employee.id in self.days else []


def approved_days(
    env: Env, employees: Records, first: date, last: date
) -> dict[int, dict[date, Pieces]]:
    """{employee id: {day: when was worked}} of approved timesheets: two queries.

    Every day of a timesheet is there, those without hours, too: the clock says nothing
    about them any more.

    :return: moments aware, on the person's clock
    """
    found: dict[int, dict[date, Pieces]] = defaultdict(dict)
    lines = env["medical.payroll.timesheet.line"].search(
        [
            ("timesheet_id.employee_id", "in", employees.ids),
            ("timesheet_id.state", "in", IN_FORCE),
            ("date", ">=", first),
            ("date", "<=", last),
        ],
        order="date, id",
    )
    zones: dict[int, Any] = {}
    for line in lines:
        person = line.timesheet_id.employee_id
        zone = zones.get(person.id) or zones.setdefault(person.id, zone_of(person))
        day = Day(line.date, zone)
        found[person.id][line.date] = [
            (day.moment(start).astimezone(zone), day.moment(end).astimezone(zone))
            for start, end in worked(line, day)
        ]
    return found


def worked(line: Record, day: Day) -> list[tuple[int, int]]:
    """When the hours of a timesheet's day were worked, in seconds of the day."""
    stretches = [(start, end) for start, end in line.stretches or []]
    if not line.is_typed:
        return [(start, end) for start, end in stretches if end is not None]
    begin = int(line.begin * 3600) if line.begin else None
    return laid(money(line.hours), stretches, day.length, begin)
