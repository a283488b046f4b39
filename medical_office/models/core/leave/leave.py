"""Time off that waits for its approval stands in the register of decisions."""

from odoo import api, models

from ..mixins.decidable import Waiting

OFFICERS = "hr_holidays.group_hr_holidays_user"


class HrLeave(models.Model):
    """The host decides who may approve; the register shows it to them."""

    _name = "hr.leave"
    _inherit = ["hr.leave", "medical.core.decidable"]

    _decisions = {
        state: Waiting(
            "action_approve",
            "_medical_refuse",
            groups=(OFFICERS,),
            barred=("user_id",),
        )
        for state in ("confirm", "validate1")
    }
    _decision_domain = "people"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._decision_sync()
        return leaves

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals:
            self._decision_sync()
        return result

    def _medical_refuse(self, reason):
        """Refuse with a reason that the person reads with the refusal."""
        self.action_refuse()
        for leave in self:
            leave._message_log(body=reason)

    def _decision_deciders(self, state):
        """The approver of the person's time off, at the step that is theirs."""
        mine = {"manager": ("confirm",), "both": ("confirm",)}
        if state in mine.get(self.validation_type, ()):
            return self.employee_id.leave_manager_id
        return super()._decision_deciders(state)

    def _decision_department(self):
        return self.employee_id.department_id

    def _decision_values(self):
        values = super()._decision_values()
        company = self.employee_company_id
        return {
            **values,
            "asked_by_id": self.user_id.id or values["asked_by_id"],
            "company_id": company.id,
            "currency_id": company.currency_id.id or values["currency_id"],
        }
