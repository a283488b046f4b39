"""Checks: a request that is late, and a department that is over its budget."""

from odoo import api, fields, models

from ....engine.core.months import short_month
from ....tools.finance.budget.phase import shift
from ...core.check.answerable import CheckRow
from ...core.check.check import CheckResult


class FinanceRequest(models.Model):
    _inherit = "medical.finance.request"

    @api.model
    def _medical_check_late(self):
        """Departments that keep a budget, without a request for the coming month after
        the day on which it is due. Three queries, however many departments."""
        today = fields.Date.context_today(self)
        month = shift(today.replace(day=1), 1)
        companies = self.env["res.company"].search(
            [("medical_budget_due_day", ">", 0)]
        ).filtered(lambda company: today.day > company.medical_budget_due_day)  # fmt: skip
        kept = self.env["medical.finance.grant"]._read_group(
            [
                ("company_id", "in", companies.ids),
                ("date_from", ">=", shift(month, -12)),
            ],
            ["company_id", "department_id"],
            ["date_from:max"],
        )
        there = {
            (company, department)
            for company, department in self._read_group(
                [
                    ("company_id", "in", companies.ids),
                    ("state", "!=", "draft"),
                    ("date_from", "<=", month),
                    ("date_to", ">=", month),
                ],
                ["company_id", "department_id"],
            )
        }
        name = short_month(self.env, month)
        managers = self.env["medical.core.exception"]._role_holders("manager")
        rows = [
            CheckRow(
                "hr.department",
                department.id,
                self.env._(
                    "%(department)s has not submitted its budget request for %(month)s "
                    "(due on day %(day)s)",
                    department=department.name,
                    month=name,
                    day=company.medical_budget_due_day,
                ),
                user_id=department.manager_id.user_id.id,
                # where who manages a department has no role as its head
                backup_id=managers.get(company, self.env.user.browse()).id,
                department_id=department.id,
                company_id=company.id,
                key=str(month),
                begins=self._name,
            )
            for company, department, last in kept
            if department.active and last < month and (company, department) not in there
        ]
        return CheckResult(looked_at=len(kept), rows=rows)

    @api.model
    def _medical_check_over(self):
        """Budgets of this month and the one before that are overspent or overordered."""
        today = fields.Date.context_today(self)
        month = today.replace(day=1)
        budgets = self.env["medical.finance.budget"].search(
            [
                ("month", "in", [month, shift(month, -1)]),
                ("department_id", "!=", False),
                ("category_id.section", "!=", "revenue"),
            ]
        )
        kept = {(row.department_id, row.month) for row in budgets if row.granted}
        watched = budgets.filtered(lambda row: (row.department_id, row.month) in kept)
        grants = self.env["medical.finance.grant"]
        rows = [
            CheckRow(
                "hr.department",
                row.department_id.id,
                self.env._(
                    "%(what)s: %(granted)s granted; used, ordered and asked for: %(used)s",
                    what=row.display_name,
                    granted=row.company_currency_id.format(row.granted),
                    used=row.company_currency_id.format(row.granted - row.left_over),
                ),
                money_at_risk=-row.left_over,
                user_id=row.department_id.manager_id.user_id.id,
                department_id=row.department_id.id,
                company_id=row.company_id.id,
                key=f"{row.month}/{row.category_id.id}",
            )
            for row in watched
            if row.left_over < -0.005
            and not grants._is_closed(row.company_id, row.month)
        ]
        return CheckResult(looked_at=len(watched), rows=rows)


class HrDepartment(models.Model):
    _inherit = "hr.department"

    def _medical_open_action(self, finding=None):
        """A late request is dealt with in a new one, an overspent budget where it
        stands."""
        code = finding.check_id.code if finding else ""
        requests = self.env["medical.finance.request"]
        if code == "finance_request_late" and requests.has_access("create"):
            return self.env["ir.actions.act_window"]._for_xml_id(
                "medical_office.finance_request_action"
            ) | {
                "views": [(False, "form")],
                "context": {"default_department_id": self.id},
                "path": False,
            }
        if code == "finance_budget_over":
            action = self.env["ir.actions.act_window"]._for_xml_id(
                "medical_office.finance_budget_action"
            )
            return action | {"domain": [("department_id", "=", self.id)], "path": False}
        return self.get_formview_action()
