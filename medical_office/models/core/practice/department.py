"""Departments: record rules look at who heads them, so a new head empties the cache."""

from odoo import api, models

RULE_FIELDS = {"manager_id", "parent_id", "active"}


class HrDepartment(models.Model):
    _inherit = "hr.department"

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


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def write(self, vals):
        result = super().write(vals)
        if "user_id" in vals:
            self.env.registry.clear_cache()
        return result
