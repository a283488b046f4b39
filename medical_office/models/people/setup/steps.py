"""Setup of the people: who works here."""

from odoo import api, models

from ...core.setup.step import Step


class CoreSetup(models.AbstractModel):
    _inherit = "medical.core.setup"

    @api.model
    def _steps(self):
        return [*super()._steps(), *self._people_steps()]

    @api.model
    def _people_steps(self):
        _ = self.env._
        people = self.env["hr.employee"]
        admin = self.env.ref("base.user_admin")
        own = [
            ("company_id", "=", self.env.company.id),
            "|",
            ("user_id", "=", False),
            ("user_id", "!=", admin.id),
        ]
        count = people.search_count(own)
        without_job = people.search_count([*own, ("job_id", "=", False)])
        missing = [] if count else [_("No employees yet.")]
        if without_job:
            missing.append(_("Employees without a job: %s.", without_job))
        return [
            Step(
                "staff", "people", 20, _("Employees"),
                _("Bring a list (CSV) with jobs and departments, or enter them one by "
                  "one."),
                ("core_group_hr",), missing, "people_import_wizard_action",
                context={"default_make_missing": True},
            ),
        ]  # fmt: skip
