"""What a person works by, and how much of it is there."""

from odoo import fields, models
from odoo.tools.constants import PREFETCH_MAX

from ....engine.people.readiness import GOOD, ReadinessReader

READERS = ",".join(
    f"medical_office.core_group_{role}" for role in ("hr", "manager", "director")
)


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    medical_readiness = fields.Char(
        "Credentials", compute="_compute_medical_readiness", groups=READERS
    )

    def _compute_medical_readiness(self):
        """“7 of 9”; one statement, however many people.

        The host asks for each thousand alone: a full thousand is a part of more, and
        everybody is counted with it.
        """
        field, together = self._fields["medical_readiness"], self
        if len(self) >= PREFETCH_MAX:
            together |= self.search([])
        day = fields.Date.context_today(self)
        # sudo: a number of credentials, for those whom the field's groups let see it
        counts = ReadinessReader(self.sudo().env, day).counts(together.ids)
        with self.env.protecting([field], together):
            for employee in together:
                held, asked = counts.get(employee._origin.id, (0, 0))
                employee.medical_readiness = (
                    self.env._("%(held)s of %(asked)s", held=held, asked=asked)
                    if asked
                    else False
                )

    def _medical_missing(self, day):
        """What is asked of people and is not in force on a day.

        :param day: date
        :return: {employee id: [names]}; two queries, however many people
        """
        # sudo: that something is missing is asked, the credential is not shown
        env = self.sudo().env
        missing = {}
        names = {}
        rows = [
            row
            for row in ReadinessReader(env, day).rows(self.ids)
            if row["status"] not in GOOD
        ]
        asked = env["medical.people.requirement"].browse(
            {row["requirement_id"] for row in rows}
        )
        names = {requirement.id: requirement.name for requirement in asked}
        for row in rows:
            missing.setdefault(row["employee_id"], []).append(
                names[row["requirement_id"]]
            )
        return missing

    def action_medical_credentials(self):
        """The credentials of one person.

        :raises AccessError: neither HR nor office manager
        """
        self.ensure_one()
        self.env["medical.core.guard"]._check_caller("core_group_hr")
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Credentials of %s", self.name),
            "res_model": "medical.core.credential",
            "views": [(False, "list"), (False, "form")],
            "domain": [("user_id", "=", self.user_id.id)],
            "context": {
                "default_user_id": self.user_id.id,
                "search_default_valid": 1,
            },
        }
