"""Findings about a person that a colleague without HR's rights deals with."""

from odoo import models

from ...core.mixins.open_action import list_action


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _medical_public(self):
        """The same person as colleagues see them: what a finding is about when its owner
        is the person or a head, who do not read HR's record."""
        public = self.env["hr.employee.public"].browse(self.ids)
        return public.with_prefetch(self._prefetch_ids)  # read together, too


class HrEmployeePublic(models.Model):
    _inherit = "hr.employee.public"

    def _medical_open_action(self, finding=None):
        """What is missing of the person, or an evaluation to begin."""
        self.ensure_one()
        code = finding.check_id.code if finding else None
        if code == "people_credential_missing":
            domain = [("employee_id", "=", self.id)]
            return list_action(
                self.env, "people_readiness_action", finding.summary, domain
            )
        evaluations = self.env["medical.people.evaluation"]
        # the next one is begun
        if code == "people_evaluation_due" and evaluations.has_access("create"):
            return {
                "type": "ir.actions.act_window",
                "name": self.env._("Evaluation of %s", self.name),
                "res_model": "medical.people.evaluation",
                "views": [(False, "form")],
                "context": {"default_employee_id": self.id},
            }
        return self.get_formview_action()
