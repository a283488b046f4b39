"""Corrects the last pay period in this one: what was due by now less what was paid."""

from collections import defaultdict
from decimal import Decimal

from odoo.tools import SQL

from ...tools.money import ZERO, money
from ...tools.payroll.time.correction import Line, correct
from ...tools.payroll.time.earning import Earning
from .time_reader import TimeReader

TIME = ("REG", "DIFF", "OTP", "OTS", "PTO", "HOL", "SICK")
PREMIUMS = ("OTP", "OTS")
FOUR = Decimal("0.0001")


class RetroReader:
    """Attendances, leave and wages that changed after the last pay of a person.

    The last confirmed regular slip of each person that ends before ``limit`` is worked
    out again from what is known now; the difference is paid (or taken back) as RETRO.
    """

    def __init__(self, slips, limit):
        self.env = slips.env
        self.last = self._read_last(slips, limit) if slips else {}
        self.paid = self._read_paid()
        self.readers = self._read_time()

    def _read_last(self, slips, limit):
        """{employee id: (slip id, first day, last day)} of the last regular slip.

        Of the same company: another employer's pay is not this one's to correct.
        """
        people = {(slip.employee_id.id, slip.company_id.id) for slip in slips}
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT ON (slip.employee_id)
                          slip.employee_id, slip.id, slip.date_from, slip.date_to
                     FROM hr_payslip slip
                LEFT JOIN hr_payslip void ON void.medical_voids_id = slip.id
                      AND void.state != 'cancel'
                    WHERE (slip.employee_id, slip.company_id) IN %s
                      AND slip.state = 'done'
                      AND slip.medical_kind IN ('regular', 'final')
                      AND slip.date_to < %s
                      AND void.id IS NULL
                      AND EXISTS (SELECT FROM medical_payroll_item item
                                   WHERE item.slip_id = slip.id)
                 ORDER BY slip.employee_id, slip.date_to DESC""",
                tuple(people),
                limit,
            )
        )
        return {row[0]: row[1:] for row in rows}

    def _read_paid(self):
        """{slip id: lines paid for its period, earlier corrections included}."""
        paid = defaultdict(list)
        if not self.last:
            return paid
        slips = tuple(slip for slip, _first, _last in self.last.values()) or (0,)
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
        for person, (_slip, first, last) in self.last.items():
            people[first, last].append(person)
        return {
            span: TimeReader(self.env, self.env["hr.employee"].browse(ids), *span)
            for span, ids in people.items()
        }

    def earnings(self, employee, schedule):
        """(corrections, remark) for one person; nothing when all has been paid.

        :raises ValueError: the attendances of that period cannot be paid as they stand
        """
        if employee.id not in self.last:
            return [], []
        slip, first, last = self.last[employee.id]
        reader = self.readers[first, last]
        versions = reader.versions.get(employee.id)
        if not versions or not list(versions.within(first, last)):
            return [], []
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


def _line(code, hours, rate, amount):
    # the premium's rate is a mean that is kept rounded: taken together by its code
    exact = ZERO if code in PREMIUMS else money(rate).quantize(FOUR).normalize() + ZERO
    return Line(code, money(hours), exact, money(amount))
