"""Preflight: no hour below the minimum wage of the country, the state or the place."""

from collections import defaultdict
from datetime import date

from odoo import models
from odoo.tools.misc import format_date

from ....engine.core.amounts import amount_text
from ....engine.payroll.floors import Floors
from ....tools.money import money
from ....tools.payroll.law.limits import LimitMissing
from ....tools.payroll.time.minimumwage import too_low
from .preflight import Found


class HrPayslipRun(models.Model):
    _inherit = "hr.payslip.run"

    def _preflight_minimum(self):
        """Regular rate of each person with overtime rights below the highest minimum.

        The rate agreed for each version is compared on each of its days, and the regular
        rate of each week with overtime (half of it is the rate of its OTP item): a
        salary that covers any number of hours may sink below it.
        """
        paid = self._preflight_paid_by_time()
        windows = self.slip_ids._engine_windows()
        floors = Floors(self.env, self.company_id)
        try:
            for slip in self.slip_ids:
                if slip.id not in paid:
                    continue
                found = self._preflight_rate(slip, windows[slip.employee_id], floors)
                found = found or self._preflight_weeks(
                    slip, windows[slip.employee_id], paid[slip.id], floors
                )
                if found:
                    yield self._of(slip, "minimum", "blocker", found)
        except LimitMissing as error:
            yield Found("minimum", "warning", str(error))
        for state in sorted(floors.unknown):
            text = self.env._(
                "No minimum wage for %s is built in for these days: only the federal "
                "one was checked. Enter the state's under Minimum Wages.",
                state,
            )
            yield Found("minimum_unknown", "warning", text)

    def _preflight_paid_by_time(self):
        """{slip id: {last day of a week: regular rate}} of slips that pay for hours."""
        rows = self.env["medical.payroll.item"].search_fetch(
            [
                ("slip_id", "in", self.slip_ids.ids),
                ("code", "in", ["REG", "OTP"]),
                ("hours", ">", 0),
                ("amount", ">", 0),
            ],
            ["slip_id", "code", "key", "rate"],
        )
        paid = defaultdict(dict)
        for row in rows:
            weeks = paid[row.slip_id.id]
            if row.code == "OTP" and row.key.startswith("week:"):
                weeks[date.fromisoformat(row.key[5:])] = money(row.rate) * 2
        return paid

    def _preflight_rate(self, slip, versions, floors):
        """What is wrong with a rate agreed for days of the period, or None."""
        for version, span in versions.within(slip.date_from, slip.date_to):
            if not version._pay_has_overtime():
                continue
            rate = version._pay_base_rate(
                slip._pay_schedule(version)._salary_parts(slip.date_to)
            )
            bad = too_low(rate, span.days(), floors.at(version))
            if bad:
                return self._preflight_too_low(rate, *bad)
        return None

    def _preflight_weeks(self, slip, versions, weeks, floors):
        """What is wrong with the regular rate of a week with overtime, or None."""
        for day, rate in sorted(weeks.items()):
            bad = too_low(rate, [day], floors.at(versions.on(day)))
            if bad:
                return self._preflight_too_low(rate, *bad)
        return None

    def _preflight_too_low(self, rate, day, least):
        text = self.env._(
            "%(rate)s per hour is below the minimum wage of %(place)s on %(day)s: "
            "%(least)s since %(start)s (%(law)s).",
            rate=amount_text(self.env, rate),
            place=least.place,
            day=format_date(self.env, day),
            least=amount_text(self.env, least.amount),
            start=format_date(self.env, least.start),
            law=least.law,
        )
        if least.note:
            text += self.env._(" Note: %s.", least.note)
        if not least.checked:
            text += self.env._(
                "The amount was found in only one public source: check it "
                "before you pay."
            )
        return text
