"""Pay answers for raises: the unit of the wage, what is paid already, what is too little."""

from odoo import api, models
from odoo.exceptions import ValidationError

from ....engine.payroll.floors import Floors, below_exempt, below_minimum
from ....engine.payroll.lawbook import by_law
from ....tools.payroll.books.posting import EMPLOYER, EXPENSES
from ....tools.payroll.time.exemptsalary import exempt_salary

FULL_YEAR = {"hour": 2080, "month": 12, "year": 1}
WAGES = [code for code, what in EXPENSES.items() if what == "wages"]


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _medical_pay_terms(self, day):
        """The agreed wage with its unit; a pay period's by the schedule."""
        found = {}
        for employee in self:
            version = employee._get_version(day)
            # sudo: what was agreed before somebody wrote over it is a raise's first figure
            agreed = version.sudo()._pay_agreed()
            per = agreed.per
            times = FULL_YEAR.get(per)
            if times is None:
                times = version._pay_per_year()
            found[employee] = (float(agreed.amount), per, times)
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


class PeoplePayChange(models.Model):
    _inherit = "medical.people.pay.change"

    def _version_values(self):
        return {**super()._version_values(), "medical_wage_per": self.per}

    @api.constrains("employee_id", "date_from", "wage_after")
    @by_law
    def _check_floor(self):
        """No pay below the minimum wage, none that ends an exemption by the way."""
        floors = Floors(self.env, self.company_id)
        for change in self:
            if change.wage_after == change.wage_before:
                continue  # a line of a review that changes nothing
            # sudo: the terms of a person whose pay the caller prepares
            terms = change.employee_id.sudo()._get_version(change.date_from)
            version = terms.new(change._version_values(), origin=terms)
            if version._pay_has_overtime():
                change._check_minimum(version, floors)
            else:
                change._check_exempt(terms, version)

    def _check_minimum(self, version, floors):
        rate = version._pay_base_rate(version._pay_per_year())
        known = floors.known(version, self.date_from)
        if known and rate < known[0].amount:
            raise ValidationError(
                below_minimum(self.env, self.employee_id.name, rate, *known)
            )

    def _check_exempt(self, terms, version):
        """Who was exempt at less already is so by another rule, as a physician is."""
        per_year = version._pay_per_year()
        least = exempt_salary(version._pay_state().code or "", self.date_from)
        week = version._pay_weekly_salary(per_year)
        before = terms._pay_weekly_salary(per_year)
        if least and week < least.amount <= before:
            raise ValidationError(
                below_exempt(self.env, self.employee_id.name, week, least)
            )
