"""Payroll answers what an hour of a person costs, with the employer's taxes."""

from odoo import fields, models

from ....tools.money import ZERO, cents, money, to_cents
from ....tools.people.pay.position import FULL_TIME_HOURS

# Social Security 6.2 % and Medicare 1.45 % (26 USC 3111), of whom nothing is paid yet;
# unemployment taxes stop early in a year and are in the share of those who were paid
FICA_SHARE = money("0.0765")


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _medical_tax_share(self, day):
        """What was really paid in the twelve months before a day; one query."""
        found = super()._medical_tax_share(day)
        last = fields.Date.to_date(day)
        # sudo: sums of pay, of which a part of a dollar comes out
        people = self.sudo()
        paid = people._medical_pay_of_year(fields.Date.subtract(last, years=1), last)
        for person, sums in paid.items():
            pay = cents(sums["pay"])
            found[person.id] = cents(sums["taxes"]) / pay if pay > ZERO else FICA_SHARE
        return found

    def _medical_hour_cost(self, day):
        """Wage by the full-time hour, and the employer's taxes on it; None without one."""
        found = super()._medical_hour_cost(day)
        shares = self._medical_tax_share(day)
        # sudo: a hook of the program; who asks shows it to whom it may
        terms = self.sudo()._medical_pay_terms(fields.Date.to_date(day))
        for person, (wage, per, times) in terms.items():
            if not wage:
                continue
            rate = money(wage)
            if per != "hour":
                rate = rate * money(times) / FULL_TIME_HOURS
            found[person.id] = to_cents(rate * (1 + shares[person.id]))
        return found
