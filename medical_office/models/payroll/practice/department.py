"""The cost center of a department."""

from odoo import fields, models


class HrDepartment(models.Model):
    _inherit = "hr.department"

    medical_analytic_account_id = fields.Many2one(
        "account.analytic.account",
        "Cost Center",
        check_company=True,
        groups="medical_office.core_group_accountant,medical_office.core_group_payroll,"
        "medical_office.core_group_director",
        help="The department's pay is posted here.",
    )
