"""Checks of people's pay set-up: what is missing, and which claims lapse."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.misc import format_date

from ....tools.payroll.law.certificates import Exempt
from ...core.check.answerable import finding
from ...core.check.check import CheckResult

LAPSE_DAYS = 45


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    @api.model
    def _medical_check_pay_setup(self):
        """People in contract on the US structure whom a run cannot pay as they should be."""
        today = fields.Date.context_today(self)
        people = self._medical_on_us_payroll(today)
        forms = self.env["medical.payroll.w4"]._of(people, today)
        with_form = forms.employee_id
        accounts = self.env["medical.payroll.account"].search(
            [("employee_id", "in", people.ids)]
        )
        known = {
            (account.company_id, account.state_id)
            for account in self.env["medical.payroll.state.account"].search(
                [("year", "=", today.year)]
            )
        }
        rows = []
        for person in people:
            version = person.current_version_id
            state = version._pay_state()
            missing = [
                text
                for text, absent in (
                    (self.env._("a wage"), not version.wage),
                    (self.env._("a pay schedule"), not version.medical_schedule_id),
                    (self.env._("a Form W-4"), person not in with_form),
                    (self.env._("a work state"), not state),
                    (
                        self.env._(
                            "the unemployment rate for %(state)s in %(year)s",
                            state=state.name,
                            year=today.year,
                        ),
                        state and (person.company_id, state) not in known,
                    ),
                )
                if absent
            ]
            texts = []
            if missing:
                texts.append(
                    self.env._(
                        "%(who)s cannot be paid correctly yet: enter %(what)s.",
                        who=person.name,
                        what=", ".join(missing),
                    )
                )
            if person not in accounts.employee_id:
                texts.append(
                    self.env._(
                        "%s has no bank account: will be paid by check.", person.name
                    )
                )
            if texts:
                rows.append(finding(person, " ".join(texts)))
        rows = self.env["res.company"]._medical_for_preparers(rows)
        return CheckResult(len(people), rows)

    @api.model
    def _medical_check_w4_exemption(self):
        """Claims of exemption that lapse soon, or have lapsed without a new form."""
        today = fields.Date.context_today(self)
        people = self._medical_on_us_payroll(today)
        forms = self.env["medical.payroll.w4"]._of(
            people, fields.Date.to_date("1990-01-01"), today
        )
        rows = []
        for person, own in forms.grouped("employee_id").items():
            certificate, _lock_in = own._certificate()
            if not isinstance(certificate, Exempt):
                continue
            last = certificate.last_day
            if last <= today + timedelta(days=LAPSE_DAYS):
                summary = self.env._(
                    "%(who)s: the claim of exemption for %(year)s expires on %(day)s. "
                    "Ask for a new Form W-4; without one, tax is withheld under the "
                    "previous form.",
                    who=person.name,
                    year=certificate.year,
                    day=format_date(self.env, last),
                )
                rows.append(finding(person, summary, date_due=last))
        rows = self.env["res.company"]._medical_for_preparers(rows)
        return CheckResult(len(people), rows)

    @api.model
    def _medical_on_us_payroll(self, day):
        """Everyone who is in contract on ``day`` and paid by a US structure."""
        return self.search(
            [
                ("current_version_id.struct_id.medical_us", "=", True),
                ("current_version_id.contract_date_start", "<=", day),
                "|",
                ("current_version_id.contract_date_end", "=", False),
                ("current_version_id.contract_date_end", ">=", day),
            ]
        )
