"""People inside the medical office: our form for HR and payroll."""

from odoo import models

from ...core.mixins.open_action import list_action, own_form, works_here


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    _medical_path = "practice-employees"

    def get_formview_id(self, access_uid=None):
        """Who keeps the people's records gets our form; others the public profile."""
        reader = self.env["hr.employee"].with_user(access_uid or self.env.uid)
        if reader.env.user.has_group("hr.group_hr_user"):
            view = own_form(reader, "payroll_employee_view_form")
            if view:
                return view
        return super().get_formview_id(access_uid)

    def action_medical_slips(self):
        """The payslips of this person.

        :raises AccessError: the role does not read payslips
        """
        self.ensure_one()
        self.env["medical.core.guard"]._check_caller("core_group_payroll")
        self.check_access("read")
        return list_action(
            self.env,
            "payroll_payslip_action",
            self.env._("Payslips of %s", self.name),
            [("employee_id", "=", self.id)],
        )


class HrDepartment(models.Model):
    _inherit = "hr.department"

    def action_employee_from_department(self):
        """Who keeps the people's records opens them in our list and form."""
        self.check_access("read")
        action = super().action_employee_from_department()
        keeps = action["res_model"] == "hr.employee"
        if not keeps or not works_here(self.env.user):
            return action
        return list_action(
            self.env,
            "payroll_employee_action",
            self.env._("Employees"),
            [("department_id", "in", self.ids)],
            default_department_id=self[:1].id,
            medical_us_wage=True,
        )
