"""Preflight: last year's wages, which decide whether a catch-up has to be Roth."""

from datetime import date

from odoo import models

from ....tools.payroll.law.deductionkinds import RETIREMENT, Phase, kind

CATCH_UP_AGE = 50  # 26 USC 414(v)(5)(A)


class HrPayslipRun(models.Model):
    _inherit = "hr.payslip.run"

    def _preflight_catch_up(self):
        """Somebody who may catch up before tax, and nobody knows last year's wages.

        Above a limit the catch-up has to be Roth (26 USC 414(v)(7)); unknown is no zero.
        """
        day = self.medical_date_pay
        if not day:
            return
        # sudo: ages are HR's field; no figure leaves
        everybody = self.slip_ids.employee_id.sudo()
        people = everybody.filtered(
            lambda person: (
                person.birthday
                and day.year - person.birthday.year >= CATCH_UP_AGE
                and person.medical_prior_wages_year != day.year - 1
            )
        )
        deferring = self.env["medical.people.enrollment"]._of(people, day)
        asked = deferring.filtered(lambda e: _is_before_tax(e.plan_id.kind, day))
        people = asked.employee_id
        unknown = people - self._paid_in(people, day.year - 1)
        for slip in self.slip_ids.filtered(lambda s: s.employee_id in unknown):
            text = self.env._(
                "the Social Security wages for %s are not known. They determine "
                "whether a catch-up must be Roth: enter them under Pay, Last Year.",
                day.year - 1,
            )
            yield self._of(slip, "prior_wages", "blocker", text)

    def _paid_in(self, people, year):
        """Those of ``people`` whose pay of a year is in the books, in one query."""
        groups = (
            self.env["medical.payroll.item"]
            .sudo()  # sudo: whether somebody was paid; no figure leaves
            ._read_group(
                [
                    ("employee_id", "in", people.ids),
                    ("company_id", "=", self.company_id.id),
                    ("confirmed", "=", True),
                    ("code", "=", "SS"),
                    ("date_pay", ">=", date(year, 1, 1)),
                    ("date_pay", "<=", date(year, 12, 31)),
                ],
                ["employee_id"],
            )
        )
        return people.browse(employee.id for (employee,) in groups)


def _is_before_tax(key, day):
    which = kind(key, day)
    return which.limit == RETIREMENT and which.phase is Phase.PRETAX
