"""Credentials that a person works by and that have ended: asked of core's register."""

from datetime import timedelta

from odoo import models
from odoo.tools import format_date


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _medical_required_types(self, day):
        """{user: credential types that people were given and that end before a day}.

        Beside what their jobs ask (``_medical_missing``): whoever has a license that
        nobody asks for still works by it. One query.

        :param day: date; credentials that end later are not looked at
        """
        # sudo: that a credential has ended is asked, the credential is not shown
        held = (
            self.env["medical.core.credential"]
            .sudo()
            .search_fetch(
                [
                    ("user_id", "in", self.user_id.ids),
                    ("state", "!=", "void"),
                    ("date_to", "<", day),
                ],
                ["user_id", "type_id"],
            )
        )
        return {user: own.type_id for user, own in held.grouped("user_id").items()}

    def _medical_license_problems(self, day):
        """What people work by without having it on ``day``.

        :param day: date
        :return: {employee id: sentence}; a fixed number of queries, however many people
        """
        required = self._medical_required_types(day)
        asked = self._medical_missing(day)
        kinds = self.env["medical.core.credential.type"].union(*required.values())
        if not kinds and not asked:
            return {}
        credentials = self.env["medical.core.credential"]
        holders = credentials._holders(kinds, day, among=self.user_id)
        problems = {}
        for person in self:
            user = person.user_id
            missing = asked.get(person.id, [])
            missing += [
                kind.name
                for kind in required.get(user, ())
                if user not in holders[kind]
                and not any(kind.name in name for name in missing)
            ]
            if missing:
                problems[person.id] = self.env._(
                    "%(what)s is not in force on %(day)s. Enter the renewal, or have it "
                    "verified.",
                    what=", ".join(missing),
                    day=format_date(self.env, day),
                )
        return problems

    def _medical_papers_elsewhere(self):
        """A Form W-4 and a state form that payroll has are on file."""
        found = super()._medical_papers_elsewhere()
        for code, model in (
            ("w4", "medical.payroll.w4"),
            ("state_form", "medical.payroll.state.form"),
        ):
            # sudo: that there is a form is no secret, what it says is
            groups = (
                self.env[model]
                .sudo()
                ._read_group(
                    [("employee_id", "in", self.ids)],
                    ["employee_id"],
                    ["date_from:max"],
                )
            )
            found[code] = {person.id: day for person, day in groups}
        return found

    def _medical_paydays_after(self, day):
        """The next two paydays after a day, and the end of its pay period."""
        # sudo: paydays of the practice are no secret
        schedule = self.sudo().medical_schedule_id
        if not schedule:
            return super()._medical_paydays_after(day)
        period_end = schedule._period_on(day).end
        paydays, end = [], schedule._period_on(day - timedelta(days=62)).end
        while len(paydays) < 2:
            payday = schedule._pay_date(end)
            if payday > day:
                paydays.append(payday)
            end = schedule._period_on(end + timedelta(days=1)).end
        return tuple(paydays), period_end

    def _medical_hire_gaps(self):
        """What the first pay run takes beside the papers."""
        _ = self.env._
        # sudo: what is missing is named, not shown
        person = self.sudo()
        payroll, own = _("Payroll"), _("The person")
        accounts = self.env["medical.payroll.account"].sudo()  # sudo: as above
        checks = (
            ("wage", person.wage, _("Wage"), payroll),
            ("schedule", person.medical_schedule_id, _("Pay schedule"), payroll),
            ("ssn", person.ssnid, _("Social Security number"), own),
            ("birthday", person.birthday, _("Date of birth"), own),
            (
                "account",
                accounts.search_count([("employee_id", "=", self.id)], limit=1),
                _("Bank account, or a note that pay goes by check"),
                own,
            ),
        )
        return [
            *super()._medical_hire_gaps(),
            *((code, what, who) for code, there, what, who in checks if not there),
        ]
