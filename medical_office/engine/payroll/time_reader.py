"""Reads the time of many people for a pay period in a fixed number of queries."""

from bisect import bisect_right
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytz

from ...tools.dates import us_day
from ...tools.money import ZERO, money
from ...tools.payroll.slip.workstates import weights
from ...tools.payroll.time.attendance import (
    Interval,
    by_midnight,
    instant,
    work_of,
)
from ...tools.payroll.time.overtime import Salary
from ...tools.payroll.time.paytime import hourly, salaried
from ...tools.payroll.time.proration import Pay
from ...tools.payroll.time.shifts import with_shifts
from ...tools.payroll.time.timecard import Basis, Bucket, Leave, Timecard
from ...tools.payroll.time.workperiod import Scheme, Span
from .calendars import Calendars
from .clock_reader import approved_days, zone_of
from .time_rules import TimeRules

BUCKETS = {
    "pto": Bucket.PTO,
    "sick": Bucket.SICK,
    "holiday": Bucket.HOLIDAY,
    "unpaid": Bucket.UNPAID,
}
# what the hours of a US slip are called in worked_days
CODES = {
    Bucket.REGULAR: ("REG", 2),
    Bucket.OVERTIME: ("OT", 3),
    Bucket.OVERTIME_EARLIER: ("OT_EARLIER", 4),
    Bucket.PTO: ("PTO", 5),
    Bucket.HOLIDAY: ("HOL", 6),
    Bucket.SICK: ("SICK", 7),
    Bucket.UNPAID: ("UNPAID", 8),
}


class Versions:
    """A person's versions with the days on which each is in force and in contract."""

    def __init__(self, versions):
        self.versions = versions.sorted("date_version") if versions[1:] else versions
        self.spans, self._in_contract = [], []
        every = list(self.versions)
        self.dates = [version.date_version for version in every]
        for index, version in enumerate(every):
            start, begun = self.dates[index], version.contract_date_start
            if begun:
                start = max(start, begun)
            end = version.contract_date_end or None
            if index + 1 < len(every):
                before = self.dates[index + 1] - timedelta(days=1)
                end = min(end, before) if end else before
            self.spans.append((start, end))
            if begun:
                self._in_contract.append((version, start, end))

    @property
    def hired(self):
        """The first day in contract, or None."""
        days = self.versions.mapped("contract_date_start")
        return min(filter(None, days), default=None)

    def within(self, first, last):
        """(version, Span) of each version in contract on days of the period."""
        for version, start, end in self._in_contract:
            begin, stop = max(start, first), min(end or last, last)
            if begin <= stop:
                yield version, Span(begin, stop)

    def before(self, last):
        """The last version with a contract that began by ``last``, or None."""
        begun = self.versions.filtered(
            lambda v: v.contract_date_start and v.contract_date_start <= last
        )
        return begun.sorted("date_version")[-1:] or None

    def span_of(self, version):
        """(first day, last day or None) on which ``version`` is in force."""
        if version in self.versions:
            return self.spans[self.versions.ids.index(version.id)]
        return version.date_start, version.date_end or None

    def on(self, day):
        """The version that counts on ``day``; the first one before the first day."""
        return self.versions[max(0, bisect_right(self.dates, day) - 1)]


class TimeReader:
    """The time cards of ``employees`` from ``first`` to ``last``.

    ``earnings(employee, ...)`` gives the pay for time; ``hours`` what worked_days shows.
    """

    def __init__(self, env, employees, first, last):
        self.env, self.first, self.last = env, first, last
        self._anchors = {}
        # a workweek or fortnight that ends in the period may begin before it
        self.begin = first - timedelta(days=Scheme.FORTNIGHT.value)
        self.versions = self._read_versions(employees)
        calendars = env["resource.calendar"].union(
            *(v.versions.resource_calendar_id for v in self.versions.values())
        )
        self.calendars = Calendars(env, calendars, self.begin, last)
        self.attendances = self._read_attendances(employees)
        self.sheets = approved_days(env, employees, self.begin, last)
        self.leaves = self._read_leaves(employees)
        self.rules = TimeRules(env, employees.company_id)

    def _read_versions(self, employees):
        versions = self.env["hr.version"].search(
            [("employee_id", "in", employees.ids), ("date_version", "<=", self.last)]
        )
        grouped = versions.grouped("employee_id")
        return {employee.id: Versions(found) for employee, found in grouped.items()}

    def _read_attendances(self, employees):
        found = defaultdict(list)
        day = timedelta(days=1)
        for attendance in self.env["hr.attendance"].search(
            [
                ("employee_id", "in", employees.ids),
                ("check_in", ">=", datetime.combine(self.begin - day, time.min)),
                ("check_in", "<=", datetime.combine(self.last + day, time.max)),
            ],
            order="employee_id, check_in",
        ):
            found[attendance.employee_id.id].append(attendance)
        return found

    def _read_leaves(self, employees):
        found = defaultdict(list)
        for leave in self.env["hr.leave"].search(
            [
                ("employee_id", "in", employees.ids),
                ("state", "=", "validate"),
                ("request_date_from", "<=", self.last),
                ("request_date_to", ">=", self.first),
                ("holiday_status_id.time_type", "=", "leave"),
            ]
        ):
            found[leave.employee_id.id].append(leave)
        return found

    # ------------------------------------------------------------------ one person

    def card(self, employee, schedule):
        """(Timecard, remarks, versions in contract) of a person.

        :raises AttendanceError: attendances that overlap or end before they start
        :raises ValueError: a change between salary and hours within the period
        """
        versions = self.versions[employee.id]
        active = list(versions.within(self.first, self.last))
        version = active[-1][0]
        if len({own._pay_hourly() for own, _span in active}) > 1:
            raise ValueError(
                f"From {self.first} to {self.last} some days are paid by the hour and "
                "some by a salary: let the change begin with a pay period, and enter "
                "what is due for the days before it as an additional earning."
            )
        remarks: list[str] = []
        per_year = schedule._salary_parts(self.last)
        intervals = self._intervals(employee, versions, remarks)
        work = self._work(employee, versions, per_year, intervals)
        daily = self.rules.daily(versions, self.begin, self.last, per_year)
        planned, leaves = self._days_of(employee, active)
        hourly_paid = version._pay_hourly()
        exempt = version.medical_flsa_exempt and not hourly_paid
        basis = (
            Basis.HOURLY if hourly_paid else Basis.EXEMPT if exempt else Basis.SALARIED
        )
        scheme = version._pay_scheme()
        if daily and basis is not Basis.EXEMPT:
            remarks += self.rules.remarks(daily, scheme)
        anchor = self._anchor(schedule, scheme)
        card = Timecard(
            Span(self.first, self.last),
            work,
            planned,
            leaves,
            basis,
            scheme,
            anchor,
            daily,
            tuple(intervals) if daily else (),
        )
        return card, remarks, active

    def _anchor(self, schedule, scheme):
        """The day that the work periods of a schedule are counted from, asked once."""
        key = (schedule.id, scheme)
        if key not in self._anchors:
            fortnight = scheme is Scheme.FORTNIGHT
            day = schedule.date_anchor if fortnight else schedule._week_anchor()
            self._anchors[key] = day
        return self._anchors[key]

    def _intervals(self, employee, versions, remarks):
        """What was worked, in time order: by the approved timesheets on their days, on
        others by the clock."""
        sheets = self.sheets.get(employee.id)
        clock = self._clocked(employee, versions, remarks, sheets or {})
        if not sheets:
            return clock
        rest = [
            piece
            for interval in clock
            for piece in by_midnight(interval)
            if piece.start.date() not in sheets
        ]
        return sorted(
            [
                *rest,
                *(
                    Interval(start, end, versions.on(day)._pay_rate())
                    for day, pieces in sheets.items()
                    for start, end in pieces
                ),
            ],
            key=lambda interval: instant(interval.start),
        )

    def _clocked(self, employee, versions, remarks, sheets):
        """The attendances; ``sheets`` are the days of which a timesheet says more."""
        if employee.id not in self.attendances:
            return []
        zone = zone_of(employee)
        intervals = []
        for attendance in self.attendances[employee.id]:
            start = pytz.utc.localize(attendance.check_in).astimezone(zone)
            if not attendance.check_out:
                if self.first <= start.date() <= self.last and (
                    start.date() not in sheets
                ):
                    remarks.append(
                        f"The attendance of {us_day(start)} {start:%H:%M} has no end: it is not "
                        "paid."
                    )
                continue
            end = pytz.utc.localize(attendance.check_out).astimezone(zone)
            rate = versions.on(start.date())._pay_rate()
            intervals.append(Interval(start, end, rate))
        return intervals

    def _work(self, employee, versions, per_year, intervals):
        if not intervals:
            return ()
        differentials = self.rules.differentials_of(employee, versions)
        if differentials:
            intervals = with_shifts(
                intervals,
                differentials,
                lambda d: versions.on(d)._pay_base_rate(per_year),
                zone_of(employee).localize,
            )
        work = work_of(intervals)
        return tuple(w for w in work if self.begin <= w.day <= self.last)

    def _days_of(self, employee, active):
        planned: dict[date, Decimal] = {}
        leaves: list[Leave] = []
        for version, span in active:
            plan = self.calendars.plan(
                version.resource_calendar_id, version.company_id, span
            )
            planned |= plan.hours
            leaves += plan.closed
            if employee.id in self.leaves:
                closed = {leave.day for leave in plan.closed}
                for day, hours in plan.hours.items():
                    if hours and day not in closed:
                        leaves += self._away(employee, day, hours)
        return planned, tuple(leaves)

    def _away(self, employee, day, hours):
        left = hours
        for leave in self.leaves[employee.id]:
            if not leave.request_date_from <= day <= leave.request_date_to or not left:
                continue
            count = left
            single = leave.request_date_from == leave.request_date_to
            if single and (leave.request_unit_hours or leave.request_unit_half):
                count = min(left, money(leave.number_of_hours))
            left -= count
            bucket = BUCKETS[leave.holiday_status_id._pay_bucket()]
            yield Leave(day, count, bucket)

    def pay(self, employee, schedule, bonus=ZERO):
        """(earnings, hours by bucket, remarks) of a person for the period.

        :param bonus: promised bonuses and allowances paid with it, dollars
        """
        card, remarks, active = self.card(employee, schedule)
        versions = self.versions[employee.id]
        version = active[-1][0]
        if card.basis is Basis.HOURLY:
            earnings, hours = hourly(card, lambda d: versions.on(d)._pay_rate(), bonus)
        else:
            per_year = schedule._salary_parts(self.last)
            pays = [Pay(span, v._pay_salary(per_year)) for v, span in active]
            weekly = None
            if card.basis is Basis.SALARIED and card.work:
                weekly = self._salary_of_week(versions, version, per_year, card.daily)
            earnings, hours = salaried(
                card,
                pays,
                works=self._works(version),
                weekly_salary=weekly,
                bonus=bonus,
            )
        return earnings, hours, [*remarks, *hours.remarks]

    def plain_salary(self, employee, schedule):
        """What the period pays somebody whose salary alone decides it: exempt, under one
        version from its first day to its last, without attendance, timesheet or leave.
        None for everybody else.
        """
        number, versions = employee.id, self.versions[employee.id]
        if (
            number in self.attendances
            or number in self.leaves
            or self.sheets.get(number)
        ):
            return None
        active = list(versions.within(self.first, self.last))
        if len(active) != 1 or active[0][1] != Span(self.first, self.last):
            return None
        version = active[0][0]
        if version._pay_hourly() or not version.medical_flsa_exempt:
            return None
        return version._pay_salary(schedule._salary_parts(self.last))

    def _salary_of_week(self, versions, version, per_year, daily):
        """Function Span -> the Salary of a workweek, a change in it by working days.

        :param version: the one at the end of the period, for days paid by the hour
        """
        works = self._works(version)

        def of(span):
            days = [day for day in span.days() if works(day)] or span.days()
            own = [versions.on(day) for day in days]
            own = [version if v._pay_hourly() else v for v in own]
            amount = own[-1]._pay_weekly_salary(per_year)
            if len(set(own)) > 1:
                every = (v._pay_weekly_salary(per_year) for v in own)
                amount = sum(every, ZERO) / len(own)
            # where a state says how many hours a salary pays, that counts
            rules = [daily[day] for day in span.days() if day in daily]
            asked = [rule.salary_hours for rule in rules if rule.salary_hours]
            return Salary(amount, asked[-1] if asked else own[-1]._pay_covers())

        return of

    def work_states(self, employee, schedule):
        """{state: straight pay of its days} of a period with several, or nothing.

        Hourly: hours worked and paid leave at the rate of the day. Salaried: the salary
        of each scheduled day. In the order in which the states were worked in.
        """
        versions = self.versions[employee.id]
        active = list(versions.within(self.first, self.last))
        if len({self.rules.state_of(version) for version, _span in active}) < 2:
            return {}
        card, _remarks, _active = self.card(employee, schedule)
        state_on, paid = {}, defaultdict(lambda: ZERO)
        per_year = schedule._salary_parts(self.last)
        for version, span in active:
            works, state = self._works(version), self.rules.state_of(version)
            for day in span.days():
                state_on[day] = state
                if card.basis is not Basis.HOURLY and works(day):
                    paid[day] = version._pay_salary(per_year)
        if card.basis is Basis.HOURLY:
            for work in card.work:
                paid[work.day] += work.hours * (work.rate + work.differential)
            for leave in card.leaves:
                if leave.kind is not Bucket.UNPAID:
                    paid[leave.day] += leave.hours * versions.on(leave.day)._pay_rate()
        return weights(paid, state_on)

    def _works(self, version):
        return self.calendars.works(version.resource_calendar_id)

    def worked_days(self, employee, version, time_to_pay):
        """Rows of worked_days: (name, sequence, code, days, hours) of a US slip."""
        total, days = ZERO, 0
        for active, span in self.versions[employee.id].within(self.first, self.last):
            plan = self.calendars.plan(
                active.resource_calendar_id, active.company_id, span
            )
            total += plan.total
            days += plan.days
        a_day = total / days if days else money(8)
        rows = [("Scheduled time", 1, "WORK100", float(days), float(total))]
        for bucket, (code, sequence) in CODES.items():
            count = time_to_pay.hours[bucket]
            if count:
                name = bucket.value.replace("_", " ").capitalize()
                rows.append((name, sequence, code, float(count / a_day), float(count)))
        return rows
