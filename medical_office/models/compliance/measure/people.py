"""Evidence about people: credentials in force, Forms I-9, who left and still has a login."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ....engine.compliance.training import GOOD
from ....engine.core.labels import labels_of

IN_FORCE = ("held", "ending")
ON_THEIR_OWN = ("contractor", "freelance")


class ComplianceMeasure(models.Model):
    _inherit = "medical.compliance.measure"

    @api.model
    def _medical_measure_credentials(self, measure, period):
        """Credentials in force on the last day, of those that are asked of people."""
        if not measure.type_ids:
            raise UserError(
                self.env._(
                    "“%s”: choose which credentials count, under Configuration, Evidence "
                    "Measures.",
                    measure.name,
                )
            )
        rows = self.env["medical.people.readiness"].search_fetch(
            [
                ("company_id", "=", period.company.id),
                ("requirement_id.type_ids", "in", measure.type_ids.ids),
                *self._of_people_here(period),
            ],
            ["employee_id", "requirement_id", "status"],
        )
        if not rows:
            raise UserError(
                self.env._(
                    "“%s”: nobody is asked for these credentials. Ask for them under "
                    "People, Credential Requirements, or bring a file as evidence.",
                    measure.name,
                )
            )
        return self._asked_gaps(rows, "requirement_id", IN_FORCE)

    @api.model
    def _medical_measure_training(self, measure, period):
        """Trainings in force today, or not yet due, of those that are asked of people."""
        domain = [
            ("company_id", "=", period.company.id),
            *self._of_people_here(period),
        ]
        # one that was archived since is still what was chosen
        chosen = measure.with_context(active_test=False).training_ids
        if chosen:
            domain.append(("training_id", "in", chosen.ids))
        rows = self.env["medical.compliance.training.status"].search_fetch(
            domain, ["employee_id", "training_id", "status"]
        )
        if not rows:
            raise UserError(
                self.env._(
                    "“%s”: nobody is asked for this training. Ask for it under "
                    "Compliance, Trainings, or bring a file as evidence.",
                    measure.name,
                )
            )
        return self._asked_gaps(rows, "training_id", GOOD)

    @api.model
    def _of_people_here(self, period, path="employee_id"):
        """A domain: of people who may work at the site of the audit, or of all without one.

        What is not a person's (the practice's own permits) is counted at each site.

        :param path: the person of a record
        """
        elsewhere = self.env["hr.employee"]._medical_elsewhere(period.site)
        return [(path, "not in", elsewhere.ids)] if elsewhere else []

    @api.model
    def _asked_gaps(self, rows, asked, good):
        """What is asked of people and not held, a sentence each.

        :param rows: one for each person and thing asked, with ``status``
        :param asked: field of the rows that says what is asked
        :param good: statuses that count
        """
        labels = labels_of(rows, "status")
        gaps = [
            self.env._(
                "%(who)s: %(what)s, %(status)s",
                who=row.employee_id.name,
                what=row[asked].name,
                status=labels[row.status],
            )
            for row in rows
            if row.status not in good
        ]
        return self._gaps(len(rows), gaps)

    @api.model
    def _medical_measure_i9(self, measure, period):
        """Complete Forms I-9 with nothing to reverify, of everybody employed; those who
        work on their own account have none (8 CFR 274a.1(f))."""
        people = self.env["hr.employee"].search(
            [
                ("company_id", "=", period.company.id),
                ("employee_type", "not in", ON_THEIR_OWN),
                *self._of_people_here(period, "id"),
            ],
            order="name",
        )
        if not people:
            raise UserError(
                self.env._("Nobody is employed: there is nothing to count.")
            )
        forms = self.env["medical.people.i9"].search(
            [("employee_id", "in", people.ids), ("state", "!=", "void")]
        )
        states = labels_of(forms, "state")
        gaps, by_person = [], forms.grouped("employee_id")
        for person in people:
            form = by_person.get(person)
            if not form:
                gaps.append(self.env._("%s: no Form I-9", person.name))
            elif form.state != "complete":
                gaps.append(f"{person.name}: {states[form.state]}")
            elif form.reverify_due and form.reverify_due < period.last:
                gaps.append(
                    self.env._(
                        "%(who)s: to be reverified by %(day)s",
                        who=person.name,
                        day=format_date(self.env, form.reverify_due),
                    )
                )
        return self._gaps(len(people), gaps)

    @api.model
    def _medical_measure_departed(self, measure, period):
        """Logins turned off, of people who are no longer employed."""
        gone = (
            self.env["hr.employee"]
            .with_context(active_test=False)
            .search(
                [
                    ("company_id", "=", period.company.id),
                    ("user_id", "!=", False),
                    "|",
                    ("active", "=", False),
                    ("departure_date", "<", period.last),
                ]
            )
        )
        # whoever came back works under the login of before
        back = self.env["hr.employee"].search([("user_id", "in", gone.user_id.ids)])
        gone = gone.filtered(lambda one: one.user_id not in (back - gone).user_id)
        still = gone.filtered("user_id.active").sorted("name")
        return self._gaps(
            len(gone),
            [f"{one.name} ({one.user_id.login})" for one in still],
            "" if gone else self.env._("Nobody with a login has left."),
        )

    @api.model
    def _medical_measure_unique(self, measure, period):
        """Active logins of the practice behind which one employee stands."""
        users = self.env["res.users"].search(
            [("share", "=", False), ("company_ids", "in", period.company.ids)]
        )
        employees = self.env["hr.employee"].search([("user_id", "in", users.ids)])
        nobody = (users - employees.user_id).sorted("login")
        return self._gaps(
            len(users),
            [
                self.env._("%(login)s: no employee stands behind it", login=one.login)
                for one in nobody
            ],
        )
