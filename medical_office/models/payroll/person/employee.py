"""A person's pay data on the employee form, and the masked number."""

from odoo import fields, models

from .version import SETUP


class HrEmployee(models.Model):
    """The version's pay fields, and the dated facts behind smart buttons."""

    _inherit = "hr.employee"

    # own payslips follow the login: who linked whom stands in the chatter
    user_id = fields.Many2one(tracking=True)
    slip_ids = fields.One2many(groups="payroll.group_payroll_user")
    struct_id = fields.Many2one(
        related="version_id.struct_id",
        inherited=True,
        readonly=False,
        groups="hr.group_hr_manager",
    )
    schedule_pay = fields.Selection(
        related="version_id.schedule_pay",
        inherited=True,
        readonly=False,
        groups="hr.group_hr_manager",
    )
    medical_wage_per = fields.Selection(
        related="version_id.medical_wage_per",
        inherited=True,
        readonly=False,
        groups="hr.group_hr_manager",
    )
    medical_flsa_exempt = fields.Boolean(
        related="version_id.medical_flsa_exempt",
        inherited=True,
        readonly=False,
        groups=SETUP,
    )
    medical_salary_hours = fields.Float(
        related="version_id.medical_salary_hours",
        inherited=True,
        readonly=False,
        groups=SETUP,
    )
    medical_overtime_scheme = fields.Selection(
        related="version_id.medical_overtime_scheme",
        inherited=True,
        readonly=False,
        groups=SETUP,
    )
    medical_schedule_id = fields.Many2one(
        related="version_id.medical_schedule_id",
        inherited=True,
        readonly=False,
        groups=SETUP,
    )
    medical_work_state_id = fields.Many2one(
        related="version_id.medical_work_state_id",
        inherited=True,
        readonly=False,
        groups=SETUP,
    )
    medical_split_ids = fields.One2many(
        related="version_id.medical_split_ids",
        inherited=True,
        readonly=False,
        groups=SETUP,
    )
    medical_w4_ids = fields.One2many(
        "medical.payroll.w4", "employee_id", groups=SETUP, string="Form W-4"
    )
    medical_state_form_ids = fields.One2many(
        "medical.payroll.state.form", "employee_id", groups=SETUP, string="State Form"
    )
    medical_local_ids = fields.One2many(
        "medical.payroll.local.enrollment",
        "employee_id",
        groups=SETUP,
        string="Local Tax Enrollment",
    )
