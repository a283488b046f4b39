"""Findings about a person that a colleague without HR's rights deals with."""

from odoo import models

from ...core.mixins.open_action import list_action

# check -> the list in which it is dealt with
LISTS = {
    "people_credential_missing": "people_readiness_action",
    "people_evaluation_due": "people_evaluation_action",
}


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _medical_public(self):
        """The same person as colleagues see them: what a finding is about when its owner
        is the person or a head, who do not read HR's record."""
        return self.env["hr.employee.public"].browse(self.ids)


class HrEmployeePublic(models.Model):
    _inherit = "hr.employee.public"

    def _medical_open_action(self, finding=None):
        """What is missing of the person, or the evaluations, where they are entered."""
        self.ensure_one()
        code = finding.check_id.code if finding else None
        if code not in LISTS:
            return self.get_formview_action()
        # evaluations: of several people, the finding names them
        several = code == "people_evaluation_due"
        domain = [] if several else [("employee_id", "=", self.id)]
        return list_action(self.env, LISTS[code], finding.summary, domain)
