"""What pay keeps of a new employee."""

from odoo import models


class PeopleOffer(models.Model):
    _inherit = "medical.people.offer"

    def _version_values(self):
        """The unit of the wage, overtime, schedule, state of work and structure."""
        structure = self.env.ref("medical_office.payroll_structure_us")
        return {
            **super()._version_values(),
            "medical_wage_per": self.per,
            "medical_flsa_exempt": self.exempt,
            "medical_salary_hours": self.hours_week,
            "medical_schedule_id": self.schedule_id.id,
            "medical_work_state_id": self.state_id.id,
            "struct_id": structure.id,
        }

    def _of_pay(self):
        return super()._of_pay() | {
            "medical_wage_per",
            "medical_flsa_exempt",
            "medical_salary_hours",
            "medical_schedule_id",
            "medical_work_state_id",
            "struct_id",
        }


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def _medical_pays_a_year(self, day):
        """By the pay schedule of the version in force on ``day``."""
        found = super()._medical_pays_a_year(day)
        # sudo: how often somebody is paid, not what
        for employee in self.sudo():
            version = employee._get_version(day) if employee.version_ids else False
            if version and version.medical_schedule_id:
                found[employee] = version.medical_schedule_id._period().per_year
        return {employee.sudo(False): pays for employee, pays in found.items()}
