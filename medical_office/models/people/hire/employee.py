"""A new hire in one sitting: what is missing until the first pay run, who can give it."""

from operator import methodcaller

from odoo import fields, models

from ....engine.people.readiness import GOOD, ReadinessReader
from ....engine.people.standing import DONE, StandingReader

LIST_DAYS = 30


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _medical_begin_hire(self):
        """Papers, Form I-9 and the onboarding list of a new person, each by itself.

        What is begun already stays as it is. What cannot be begun (no checklist, no room)
        does not stop the rest: the check of hires not begun keeps naming it.

        :return: sentences, why something could not be begun
        """
        self.ensure_one()
        attempt = self.env["medical.core.job.fault"]._attempt
        tries = [
            attempt(self, methodcaller(step)) for step in self._medical_hire_steps()
        ]
        return [
            cause or self.env._("Somebody else is at it: try again.")
            for done, cause in tries
            if not done
        ]

    def _medical_hire_steps(self):
        """Hook. Methods of the new person that begin what a hire begins, in their order."""
        return [
            "_medical_request_documents",
            "_medical_begin_i9",
            "_medical_begin_onboarding",
        ]

    def _medical_first_day(self):
        """First day of work of one person, today where it is not known."""
        return self._medical_span_of_work()[0] or fields.Date.context_today(self)

    def _medical_begin_i9(self):
        """Form I-9 of one person, by whose first day its clock runs; one that stands is
        kept."""
        # sudo: the form is begun by the program; only its keepers open it
        forms = self.env["medical.people.i9"].sudo()
        standing = [("employee_id", "=", self.id), ("state", "!=", "void")]
        if not forms.search_count(standing):
            first = self._medical_first_day()
            forms.create({"employee_id": self.id, "first_day": first})

    def _medical_begin_onboarding(self):
        """The onboarding list of one person.

        :return: the round
        :raises UserError: no checklist, no room, or nobody to see to it
        """
        return self._medical_list("onboarding", self._medical_first_day(), LIST_DAYS)

    def _medical_paydays_after(self, day):
        """Hook. ((next payday, the one after), end of the pay period) after a day.

        Without payroll nothing is known: ((), False).
        """
        return (), False

    def _medical_hire_gaps(self):
        """What one person still needs until the first pay run.

        :return: list of (code, what, who can give it); a domain above adds its own
        """
        self.ensure_one()
        _ = self.env._
        # sudo: what is missing is named, not shown
        person = self.sudo()
        day = fields.Date.context_today(self)
        hr, manager = _("HR"), _("Office manager")
        checks = (
            ("job", person.job_id, _("Job"), hr),
            ("department", person.department_id, _("Department"), hr),
            ("manager", person.parent_id, _("Manager"), hr),
            (
                "start",
                person.contract_date_start,
                _("First day of the contract"),
                manager,
            ),
            ("login", person.user_id, _("Login with a role"), _("Administrator")),
            (
                "address",
                person.private_street and person.private_zip,
                _("Home address"),
                _("The person"),
            ),
            (
                "emergency",
                person.emergency_contact and person.emergency_phone,
                _("Emergency contact"),
                _("The person"),
            ),
        )
        gaps = [(code, what, who) for code, there, what, who in checks if not there]
        env = person.env
        begun = self._medical_hires_begun()
        if self.id not in begun["onboarding"]:
            parts = self._medical_list_parts("onboarding", person.company_id)
            why = self._medical_list_problem(*parts)
            what = _("Onboarding list: %s", why or _("not begun"))
            gaps.append(("onboarding", what, hr))
        if self.id not in begun["i9"]:
            gaps.append(("i9", _("Form I-9: not begun"), hr))
        # a paper that the record itself settles is asked for once, as the record
        given_as_data = {"emergency_contact"}
        standing = [
            row
            for row in StandingReader(env, day).rows(self.ids)
            if row["status"] not in DONE
        ]
        kinds = env["medical.people.document.type"].browse(
            row["type_id"] for row in standing
        )
        gaps += [
            (
                f"paper_{kind.code}",
                kind.name,
                _("The person") if kind.by_person else hr,
            )
            for kind in kinds
            if kind.code not in given_as_data
        ]
        lacking = [
            row
            for row in ReadinessReader(env, day).rows(self.ids)
            if row["status"] not in GOOD
        ]
        asked = env["medical.people.requirement"].browse(
            row["requirement_id"] for row in lacking
        )
        gaps += [(f"credential_{one.id}", one.name, _("The person")) for one in asked]
        return gaps

    def action_medical_hire(self):
        """Open the guided screen of a new hire."""
        self.ensure_one()
        self.env["medical.core.guard"]._check_caller(
            "core_group_hr", "core_group_manager"
        )
        self.check_access("read")
        wizard = self.env["medical.people.hire.wizard"].create({"employee_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Hire: %s", self.name),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "current",
        }
