"""Questions of money that lower domains ask and upper ones answer."""

from odoo import models

from ....tools.money import ZERO


class HrDepartment(models.Model):
    _inherit = "hr.department"

    def _medical_budget_left(self, day):
        """What the departments may still spend in the month of a day. Hook.

        :return: {department id: amount in the company's currency, or None where nobody
            keeps a budget}; the finance domain answers
        """
        return dict.fromkeys(self.ids)

    def _medical_pay_budget(self, day):
        """What is granted for people's pay from the month of a day on. Hook.

        :return: {department id: PayBudget (tools/people/pay/budget.py), or None where
            nothing is granted for pay}; the finance domain answers
        """
        return dict.fromkeys(self.ids)


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _medical_hour_cost(self, day):
        """What an hour of each person costs the practice on a day. Hook.

        :return: {employee id: amount in the company's currency with the employer's
            taxes, or None where it is not known}; the payroll domain answers
        """
        return dict.fromkeys(self.ids)

    def _medical_tax_share(self, day):
        """The employer's taxes as a part of each person's pay. Hook.

        :return: {employee id: part of a dollar, 0 where it is not known}; the payroll
            domain answers
        """
        return dict.fromkeys(self.ids, ZERO)
