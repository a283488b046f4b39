"""Check of rates: who is below a minimum wage today, or will be when it rises."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.misc import format_date

from ....engine.core.amounts import amount_text
from ....engine.payroll.floors import Floors
from ....engine.payroll.lawbook import by_law
from ....engine.payroll.time_reader import Versions
from ....tools.payroll.law.limits import LimitMissing
from ....tools.payroll.time.minimumwage import federal, too_low
from ...core.check.answerable import finding
from ...core.check.check import CheckResult

AHEAD_DAYS = 45


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    @api.model
    @by_law
    def _medical_check_minimum_wage(self):
        """People whose agreed rate is below the minimum wage on a day of the next weeks.

        It looks as far as figures are shipped; a raise entered for that day counts.
        """
        today = fields.Date.context_today(self)
        people = self._medical_on_us_payroll(today)
        last = self._medical_minimum_horizon(today)
        if not last:
            return CheckResult(0, [])
        versions = self.env["hr.version"].search([("employee_id", "in", people.ids)])
        floors = Floors(self.env, people.company_id)
        rows = []
        for person, own in versions.grouped("employee_id").items():
            for version, span in Versions(own).within(today, last):
                if not version._pay_has_overtime() or not version.wage:
                    continue
                if not version.medical_schedule_id:
                    continue  # the set-up check names it
                per_year = version.medical_schedule_id._period().per_year
                rate = version._pay_base_rate(per_year)
                bad = too_low(rate, span.days(), floors.at(version))
                if bad:
                    rows.append(self._medical_minimum_row(person, *bad))
                    break
        rows = self.env["res.company"]._medical_for_preparers(rows)
        return CheckResult(len(people), rows)

    def _medical_minimum_horizon(self, today):
        """The last of the next days whose federal minimum is shipped, or None."""
        last = None
        for offset in range(AHEAD_DAYS + 1):
            day = today + timedelta(days=offset)
            try:
                federal(day)
            except LimitMissing:
                break
            last = day
        return last

    def _medical_minimum_row(self, person, day, least):
        text = self.env._(
            "%(who)s is paid less than the minimum wage of %(place)s on %(day)s: "
            "%(least)s (%(law)s).",
            who=person.name,
            place=least.place,
            day=format_date(self.env, day),
            least=amount_text(self.env, least.amount),
            law=least.law,
        )
        return finding(person, text, date_due=day)
