"""What an employee takes part in, on the employee's record."""

from odoo import fields, models

SETUP = "medical_office.core_group_payroll,medical_office.core_group_hr"


class HrEmployee(models.Model):
    """Enrollments of a person."""

    _inherit = "hr.employee"

    medical_enrollment_ids = fields.One2many(
        "medical.people.enrollment", "employee_id", groups=SETUP, string="Enrollment"
    )

    def _medical_pays_a_year(self, day):
        """Hook: {employee: paychecks a year} on ``day``; 24 until pay answers."""
        return dict.fromkeys(self, 24)
