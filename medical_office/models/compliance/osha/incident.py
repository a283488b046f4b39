"""From an incident to its case under the recordkeeping rule."""

from odoo import fields, models
from odoo.exceptions import UserError

from ..incident.incident import OFFICERS


class ComplianceIncident(models.Model):
    _inherit = "medical.compliance.incident"

    osha_case_ids = fields.One2many("medical.compliance.osha.case", "incident_id")
    osha_case_count = fields.Integer(
        "Injury Cases", compute="_compute_osha_case_count", compute_sudo=True
    )

    def _compute_osha_case_count(self):
        for incident in self:
            incident.osha_case_count = len(incident.osha_case_ids)

    def action_osha_cases(self):
        """Open the cases of who was hurt; those that are not there yet are begun.

        :raises UserError: nobody is entered as hurt, or no site is known
        """
        self.ensure_one()
        self._check_caller(*OFFICERS)
        hurt = self.involved_ids.filtered(lambda one: one.part == "hurt")
        new = hurt.employee_id - self.osha_case_ids.employee_id
        if not hurt:
            raise UserError(
                self.env._(
                    "Enter who was hurt under “People Involved” first, as “Hurt or ill”."
                )
            )
        if new and not self.site_id:
            raise UserError(self.env._("Enter the site first: each has its own log."))
        self.env["medical.compliance.osha.case"].create(
            [
                {
                    "incident_id": self.id,
                    "site_id": self.site_id.id,
                    "employee_id": employee.id,
                    # sudo: the job of whom it happened to
                    "job_title": employee.sudo().job_title
                    or employee.sudo().job_id.name  # sudo: as above
                    or self.env._("Employee"),
                    "happened_on": self.happened_on or self.reported_on,
                    "place": self.room_id.name or self.place,
                    "what": self.what,
                    "object": self.sharps_device,
                }
                for employee in new
            ]
        )
        cases = self.osha_case_ids
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Injury Cases"),
            "res_model": cases._name,
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", cases.ids)],
        }
        if len(cases) == 1:
            action |= {"views": [(False, "form")], "res_id": cases.id}
        return action
