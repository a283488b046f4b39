"""The guided screen of a new hire: what is there, what is missing, who can give it."""

from odoo import api, fields, models

from ...engine.core.labels import labels_of


class PeopleHireWizard(models.TransientModel):
    _name = "medical.people.hire.wizard"
    _description = "New Hire"
    _inherit = ["medical.core.wizard"]

    employee_id = fields.Many2one("hr.employee", required=True)
    job_id = fields.Many2one(related="employee_id.job_id")
    gap_count = fields.Integer(compute="_compute_gap_count")
    gap_ids = fields.One2many(
        "medical.people.hire.gap", "wizard_id", compute="_compute_gaps", store=True
    )
    round_state = fields.Char("Onboarding list", compute="_compute_round_state")

    @api.depends("employee_id")
    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = bool(wizard.employee_id) and self.env._(
                "New Hire: %s", wizard.employee_id.name
            )

    @api.depends("employee_id")
    def _compute_gaps(self):
        for wizard in self:
            gaps = (
                wizard.employee_id and wizard.employee_id._medical_hire_gaps()
            ) or []
            wizard.gap_ids = [
                (5, 0, 0),
                *((0, 0, {"code": c, "name": n, "who": w}) for c, n, w in gaps),
            ]

    @api.depends("gap_ids")
    def _compute_gap_count(self):
        for wizard in self:
            wizard.gap_count = len(wizard.gap_ids)

    @api.depends("employee_id")
    def _compute_round_state(self):
        for wizard in self:
            # sudo: whether the list runs, for whoever sees the hire
            schedule = (
                self.env["medical.core.schedule"]
                .sudo()
                .search(
                    [
                        ("employee_id", "=", wizard.employee_id.id),
                        ("kind", "=", "onboarding"),
                    ],
                    limit=1,
                )
            )
            one = schedule.round_ids[:1]
            wizard.round_state = (
                labels_of(one, "state")[one.state] if one else self.env._("not begun")
            )

    def _check(self):
        self.ensure_one()
        self.env["medical.core.guard"]._check_caller(
            "core_group_hr", "core_group_manager"
        )

    def action_begin(self):
        """Ask for the papers, begin Form I-9 and the onboarding list.

        What cannot be begun yet stands among what is missing, with the remedy.
        """
        self._check()
        self.employee_id.check_access("write")
        self.employee_id._medical_begin_hire()
        return self.employee_id.action_medical_hire()

    def action_refresh(self):
        """Look again."""
        self._check()
        return self.employee_id.action_medical_hire()

    def action_person(self):
        """The person's own form."""
        self._check()
        return {
            "type": "ir.actions.act_window",
            "res_model": "hr.employee",
            "res_id": self.employee_id.id,
            "views": [(False, "form")],
        }

    def action_papers(self):
        """The person's file."""
        self._check()
        return self.employee_id.action_medical_file()


class PeopleHireGap(models.TransientModel):
    """One thing that is missing."""

    _name = "medical.people.hire.gap"
    _description = "Missing for a New Hire"
    _inherit = ["medical.core.wizard"]

    wizard_id = fields.Many2one("medical.people.hire.wizard", ondelete="cascade")
    code = fields.Char()
    name = fields.Char("What is missing")
    who = fields.Char("Who can give it")
