"""Pay answers for raises: the unit of the wage, what is paid already, a year of pay."""

from odoo import models

from ....tools.payroll.books.posting import EMPLOYER, EXPENSES

FULL_YEAR = {"hour": 2080, "month": 12, "year": 1}
WAGES = [code for code, what in EXPENSES.items() if what == "wages"]


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _medical_pay_terms(self, day):
        """The wage with its unit; a pay period's by the schedule."""
        found = {}
        for employee in self:
            version = employee._get_version(day)
            per = version.medical_wage_per
            times = FULL_YEAR.get(per)
            if times is None:
                schedule = version.medical_schedule_id
                times = schedule._period().per_year if schedule else 26
            found[employee] = (version.wage, per, times)
        return found

    def _medical_paid_periods(self, day):
        """Confirmed regular slips that end on or after ``day``, the oldest first."""
        found = super()._medical_paid_periods(day)
        slips = self.env["hr.payslip"].search(
            [
                ("employee_id", "in", self.ids),
                ("state", "=", "done"),
                ("medical_kind", "in", ("regular", "final")),
                ("date_to", ">=", day),
            ],
            order="date_from",
        )
        for slip in slips:
            found[slip.employee_id].append((slip.date_from, slip.date_to))
        return found

    def _medical_pay_of_year(self, first, last):
        """What confirmed slips paid between two pay dates, in one query."""
        found = super()._medical_pay_of_year(first, last)
        for employee, code, amount in self.env["medical.payroll.item"]._read_group(
            [
                ("employee_id", "in", self.ids),
                ("confirmed", "=", True),
                ("date_pay", ">=", first),
                ("date_pay", "<=", last),
            ],
            ["employee_id", "code"],
            ["amount:sum"],
        ):
            sums = found[employee]
            if code == "ER_BEN":
                sums["benefits"] += amount
            elif code in EMPLOYER:
                sums["taxes"] += amount
            elif code in WAGES:
                sums["pay"] += amount
        return found
