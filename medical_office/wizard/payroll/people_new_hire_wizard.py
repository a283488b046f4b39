"""The pay schedule of a new hire, and what the law asks of the pay."""

from odoo import api, fields, models


class PeopleNewHireWizard(models.TransientModel):
    _inherit = "medical.people.new.hire.wizard"

    schedule_id = fields.Many2one(
        "medical.payroll.schedule",
        "Pay Schedule",
        domain="[('company_id', '=', company_id)]",
        groups="hr.group_hr_manager",
        default=lambda self: self._default_schedule_id(),
    )

    def _default_schedule_id(self):
        offers = self.env["medical.people.offer"]
        return self._writes_pay() and offers._default_schedule_id()

    @api.depends("schedule_id")
    def _compute_budget(self):
        return super()._compute_budget()

    def _terms(self):
        terms = super()._terms()
        if self._writes_pay():
            terms["schedule_id"] = self.schedule_id.id
        return terms
