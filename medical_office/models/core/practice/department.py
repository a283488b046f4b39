"""Departments: record rules look at who heads them, so a new head empties the cache."""

from odoo import api, models

RULE_FIELDS = {"manager_id", "parent_id", "active"}


class HrDepartment(models.Model):
    _name = "hr.department"
    _inherit = ["medical.core.used", "hr.department"]

    @api.model_create_multi
    def create(self, vals_list):
        departments = super().create(vals_list)
        self.env.registry.clear_cache()
        return departments

    def write(self, vals):
        result = super().write(vals)
        if RULE_FIELDS & vals.keys():
            # ir.rule keeps each user's domain, and with it the departments headed
            self.env.registry.clear_cache()
        return result

    def _medical_used_by(self):
        return [
            *super()._medical_used_by(),
            (
                "hr.employee",
                "department_id",
                [],
                self.env._(
                    "people in it: %(names)s; move them to another department first."
                ),
            ),
            (
                "hr.department",
                "parent_id",
                [],
                self.env._("departments in it: %(names)s; move or archive them first."),
            ),
            (
                "medical.core.schedule",
                "department_id",
                [],
                self.env._("schedules of it: %(names)s; choose another department."),
            ),
        ]


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def write(self, vals):
        result = super().write(vals)
        if "user_id" in vals:
            self.env.registry.clear_cache()
        return result
