"""What pay tells of a person when terms change."""

from odoo import models

from .change import FULL_YEAR


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _medical_pay_terms(self, day):
        """Hook: {employee: (wage, unit, how many units a year)} in force on ``day``.

        The host's wage is a month's until pay knows its unit.
        """
        return {
            employee: (employee._get_version(day).wage, "month", FULL_YEAR["month"])
            for employee in self
        }

    def _medical_paid_periods(self, day):
        """Hook: {employee: [(first, last)]} of pay periods from ``day`` on that are paid.

        A raise that is dated back makes them be corrected.
        """
        return {employee: [] for employee in self}

    def _medical_pay_of_year(self, first, last):
        """Hook: {employee: {"pay", "taxes", "benefits"}} paid out between two days.

        :return: dollars of gross pay, of the employer's taxes, and of what the employer
            put into plans through the payslip
        """
        return {employee: {"pay": 0, "taxes": 0, "benefits": 0} for employee in self}
