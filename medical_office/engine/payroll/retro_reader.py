"""Corrects past pay periods in this one: what was due by now less what was paid."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from odoo.tools import SQL

from ...tools.dates import us_day
from ...tools.money import ZERO, money
from ...tools.payroll.time.correction import Line, correct
from ...tools.payroll.time.earning import Earning
from .time_reader import TimeReader

TIME = ("REG", "DIFF", "OTP", "OTS", "PTO", "HOL", "SICK")
PREMIUMS = ("OTP", "OTS")
FOUR = Decimal("0.0001")
# what is paid in a year was worked in it or, at the longest, so long before
PAID_LATER = timedelta(days=45)
HAS_ITEMS = SQL(
    "AND EXISTS (SELECT FROM medical_payroll_item item WHERE item.slip_id = slip.id)"
)


class RetroReader:
    """Attendances, leave and wages that changed after the last pay of a person.

    The last confirmed regular slip of each person that ends before ``limit`` is worked
    out again from what is known now, and so is every earlier one of the year that a
    change since then may touch (a raise dated back); each difference is paid, or taken
    back, as RETRO, by period.
    """

    def __init__(self, slips, limit):
        self.env = slips.env
        days = filter(None, slips.mapped("medical_date_pay"))
        self.year = min(days, default=limit).year
        self.last = self._read_last(slips, limit) if slips else {}
        self.changed = self._read_changed() if self.last else {}
        self.periods = self._read_periods(slips, limit)
        self.paid = self._read_paid()
        self.readers = self._read_time()

    def _read_last(self, slips, limit):
        """{employee id: (slip id, first day, last day)} of the last regular slip.

        Whether a slip has items is asked of the last ones alone; only where one has none
        (of another structure) all slips of the person are looked through.
        """
        one = SQL("DISTINCT ON (slip.employee_id)")
        rows = self._regular(slips, limit, one, with_items=False)
        ours = {
            number
            for (number,) in self.env.execute_query(
                SQL(
                    "SELECT DISTINCT slip_id FROM medical_payroll_item WHERE slip_id IN %s",
                    tuple(row[1] for row in rows) or (0,),
                )
            )
        }
        found = {row[0]: row[1:4] for row in rows if row[1] in ours}
        others = {row[0] for row in rows} - set(found)
        if others:
            rest = slips.filtered(lambda slip: slip.employee_id.id in others)
            found |= {row[0]: row[1:4] for row in self._regular(rest, limit, one)}
        return found

    def _regular(self, slips, limit, distinct=None, *, with_items=True):
        """(employee id, slip id, first day, last day, pay date) of confirmed regular
        slips that nobody took back, the latest first.

        Of the same company: another employer's pay is not this one's to correct.
        """
        people = {(slip.employee_id.id, slip.company_id.id) for slip in slips}
        return self.env.execute_query(
            SQL(
                """SELECT %s
                          slip.employee_id, slip.id, slip.date_from, slip.date_to,
                          slip.medical_date_pay
                     FROM hr_payslip slip
                LEFT JOIN hr_payslip void ON void.medical_voids_id = slip.id
                      AND void.state != 'cancel'
                    WHERE (slip.employee_id, slip.company_id) IN %s
                      AND slip.state = 'done'
                      AND slip.medical_kind IN ('regular', 'final')
                      AND slip.date_to < %s
                      AND void.id IS NULL
                      %s
                 ORDER BY slip.employee_id, slip.date_to DESC""",
                distinct or SQL(),
                tuple(people),
                limit,
                HAS_ITEMS if with_items else SQL(),
            )
        )

    def _read_changed(self):
        """{employee id: first day that a change since the last pay may touch}.

        A wage counts from its version's day on, attendances, leave and timesheets that
        were approved later from their own.
        """
        for model in (
            "hr.version",
            "hr.attendance",
            "hr.leave",
            "medical.payroll.timesheet",
        ):
            self.env[model].flush_model()
        last = tuple(slip for slip, _first, _last in self.last.values())
        return dict(
            self.env.execute_query(
                SQL(
                    """SELECT slip.employee_id, min(change.day)
                         FROM hr_payslip slip
                         JOIN (SELECT employee_id, date_version AS day, write_date
                                 FROM hr_version
                                UNION ALL
                               SELECT employee_id, date, write_date
                                 FROM hr_attendance WHERE date >= %(first)s
                                UNION ALL
                               SELECT employee_id, request_date_from, write_date
                                 FROM hr_leave
                                WHERE state = 'validate' AND request_date_to >= %(first)s
                                UNION ALL
                               SELECT employee_id, date_start, approved_at
                                 FROM medical_payroll_timesheet
                                WHERE state IN ('approved', 'locked')
                                  AND date_end >= %(first)s
                              ) AS change ON change.employee_id = slip.employee_id
                          AND change.write_date > slip.create_date
                          AND change.day < slip.date_from
                        WHERE slip.id IN %(last)s
                     GROUP BY slip.employee_id""",
                    first=date(self.year, 1, 1) - PAID_LATER,
                    last=last,
                )
            )
        )

    def _read_periods(self, slips, limit):
        """{employee id: (slip id, first day, last day) to work out again, oldest first}."""
        found = {person: [period] for person, period in self.last.items()}
        touched = slips.filtered(lambda slip: slip.employee_id.id in self.changed)
        if not touched:
            return found
        for person, slip, first, last, paid in self._regular(touched, limit):
            # the year is that of the pay date: a period of December may be paid in January
            of_the_year = paid and paid.year == self.year
            if (
                of_the_year
                and last >= self.changed[person]
                and (slip != self.last[person][0])
            ):
                found[person].insert(0, (slip, first, last))
        return found

    def _read_paid(self):
        """{slip id: lines paid for its period, earlier corrections included}."""
        paid: dict[int, list[Line]] = defaultdict(list)
        if not self.last:
            return paid
        slips = tuple(slip for own in self.periods.values() for slip, _f, _l in own)
        for slip, code, rate, hours, amount in self.env.execute_query(
            SQL(
                """SELECT slip_id, code, rate, hours, amount FROM medical_payroll_item
                    WHERE slip_id IN %s AND code IN %s AND key != 'bonus'""",
                slips,
                TIME,
            )
        ):
            paid[slip].append(_line(code, hours, rate, amount))
        people = tuple(self.last) or (0,)
        for key, hours, amount in self.env.execute_query(
            SQL(
                """SELECT key, sum(hours), sum(amount) FROM medical_payroll_item
                    WHERE employee_id IN %s AND confirmed AND code = 'RETRO'
                      AND key LIKE 'retro:%%' GROUP BY key""",
                people,
            )
        ):
            _retro, slip, code, rate = key.split(":")
            paid[int(slip)].append(_line(code, hours, rate, amount))
        return paid

    def _read_time(self):
        """{(first day, last day): TimeReader of those last paid for it}."""
        people = defaultdict(list)
        for person, periods in self.periods.items():
            for _slip, first, last in periods:
                people[first, last].append(person)
        return {
            span: TimeReader(self.env, self.env["hr.employee"].browse(ids), *span)
            for span, ids in people.items()
        }

    def earnings(self, employee, schedule):
        """(corrections, remarks) for one person; nothing when all has been paid.

        :raises ValueError: the attendances of a period cannot be paid as they stand
        """
        found: list[Earning] = []
        remarks: list[str] = []
        for period in self.periods.get(employee.id, ()):
            lines, remark = self._of_period(employee, schedule, period)
            if lines and not found:
                remarks += self._too_old(employee, period)
            found += lines
            remarks += remark
        return found, remarks

    def _of_period(self, employee, schedule, period):
        slip, first, last = period
        reader = self.readers[first, last]
        versions = reader.versions.get(employee.id)
        if not versions or not list(versions.within(first, last)):
            return [], []
        salary = reader.plain_salary(employee, schedule)
        if salary is not None and salary == sum(
            (line.amount for line in self.paid[slip]), ZERO
        ):
            return [], []  # the difference is nothing, however it was split
        due, _hours, _remarks = reader.pay(employee, schedule)
        lines = correct(
            self.paid[slip],
            [_line(e.code, e.hours, e.rate, e.amount) for e in due],
        )
        total = sum((line.amount for line in lines), ZERO)
        if not total:
            return [], []
        found = [
            Earning(
                "RETRO",
                line.amount,
                f"Correction of {first} to {last}: {line.code}",
                f"retro:{slip}:{line.code}:{line.rate}",
                line.hours,
                line.rate,
            )
            for line in lines
            if line.amount
        ]
        remark = (
            f"{total} corrects the period {first} to {last}: its attendances, leave or "
            "wage changed after it was paid."
        )
        return found, [remark]

    def _too_old(self, employee, oldest):
        """Say so when what changed reaches back beyond the periods corrected here."""
        day = self.changed.get(employee.id)
        if day is None or day >= oldest[1]:
            return []
        return [
            f"The change goes back to {us_day(day)}: what was paid before "
            f"{us_day(oldest[1])}, in an earlier year or by another payroll, is "
            "not corrected here. Calculate it manually and pay it as an additional earning."
        ]


def _line(code, hours, rate, amount):
    # the premium's rate is a mean that is kept rounded: taken together by its code
    exact = ZERO if code in PREMIUMS else money(rate).quantize(FOUR).normalize() + ZERO
    return Line(code, money(hours), exact, money(amount))
