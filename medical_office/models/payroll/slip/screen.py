"""Payslips inside the medical office: our form for payroll, the own one for everybody."""

from odoo import api, models
from odoo.tools.misc import format_date

from ...core.mixins.open_action import own_form


class HrPayslip(models.Model):
    _inherit = "hr.payslip"

    _medical_path = "payslips"
    _medical_left_out = (
        "payroll.action_hr_payslip_change_state_form",
        "payroll.action_partner_mass_mail",
        "payroll.hr_payslip_line_action",
        "payroll.hr_payslip_line_action_computation_details",
    )

    @api.depends("employee_id", "medical_date_pay", "name")
    def _compute_display_name(self):
        """Whose pay of which day; the host's name has the first month of the period."""
        for slip in self:
            day = format_date(self.env, slip.medical_date_pay)
            parts = [slip.employee_id.name, day]
            slip.display_name = ", ".join(filter(None, parts)) if day else slip.name

    def get_formview_id(self, access_uid=None):
        """Links to a payslip open the form of the reader's role."""
        # who reads others' payslips; everybody else sees the own pay as it was paid
        payroll = self._guard_user_in(("core_group_payroll", "core_group_director"))
        form = "payroll_payslip_view_form" if payroll else "payroll_own_slip_view_form"
        return own_form(self, form) or super().get_formview_id(access_uid)
