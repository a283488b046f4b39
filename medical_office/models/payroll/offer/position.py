"""Pay by the full-time hour, by the unit of the wage."""

from odoo import api, models
from odoo.tools import SQL


class PeoplePayPosition(models.Model):
    _inherit = "medical.people.pay.position"

    @api.model
    def _pay_hour_sql(self):
        """The wage by its unit; a pay period's by the pay schedule."""
        return SQL(
            """version.wage * CASE version.medical_wage_per
                   WHEN 'hour' THEN 1.0
                   WHEN 'year' THEN 1.0 / 2080
                   WHEN 'month' THEN 12.0 / 2080
                   ELSE (SELECT CASE schedule.frequency WHEN 'weekly' THEN 52.0
                                     WHEN 'biweekly' THEN 26.0
                                     WHEN 'semimonthly' THEN 24.0 ELSE 12.0 END / 2080
                           FROM medical_payroll_schedule schedule
                          WHERE schedule.id = version.medical_schedule_id) END"""
        )
