"""What departments may still spend: the answer to what people and others ask."""

from odoo import fields, models

from ....engine.finance.pay_budget import pay_budgets


class HrDepartment(models.Model):
    _inherit = "hr.department"

    def _medical_used_by(self):
        return [
            *super()._medical_used_by(),
            (
                "medical.finance.request",
                "department_id",
                [("state", "!=", "granted")],
                self.env._(
                    "budget requests not yet granted: %(names)s; end them first."
                ),
            ),
        ]

    def _medical_budget_left(self, day):
        """Granted less used, ordered and asked for, over the month's cost categories."""
        found = super()._medical_budget_left(day)
        if not self.ids:
            return found
        month = fields.Date.to_date(day).replace(day=1)
        # sudo: a hook of the program; who asks shows the answer to whom it may
        rows = (
            self.env["medical.finance.budget"]
            .sudo()
            ._read_group(
                [
                    ("department_id", "in", self.ids),
                    ("month", "=", month),
                    ("category_id.section", "!=", "revenue"),
                ],
                ["department_id"],
                ["left_over:sum"],
            )
        )
        # sudo: as above
        kept = (
            self.env["medical.finance.grant"]
            .sudo()
            ._read_group(
                [("department_id", "in", self.ids), ("date_from", "in", [month])],
                ["department_id"],
            )
        )
        with_budget = {department.id for (department,) in kept}
        found.update(
            {
                department.id: left
                for department, left in rows
                if department.id in with_budget
            }
        )
        return found

    def _medical_pay_budget(self, day):
        """Grants for staff and providers against what the departments' people cost."""
        found = super()._medical_pay_budget(day)
        # sudo: a hook of the program; who asks shows sums of a department, no person's pay
        return found | pay_budgets(self.sudo(), fields.Date.to_date(day))
