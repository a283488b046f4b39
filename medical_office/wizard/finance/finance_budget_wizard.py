"""Budget against actual on paper: which months, which departments."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.finance.budget.phase import months_between

MOST_MONTHS = 24


class FinanceBudgetWizard(models.TransientModel):
    _name = "medical.finance.budget.wizard"
    _description = "Budget Report"
    _inherit = ["medical.core.wizard"]

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    month_from = fields.Date(
        "From", required=True, default=lambda self: self._default_month()
    )
    month_to = fields.Date(
        "To", required=True, default=lambda self: self._default_month()
    )
    department_ids = fields.Many2many("hr.department", string="Departments")

    @api.model
    def _default_month(self):
        return fields.Date.context_today(self).replace(day=1)

    @api.constrains("month_from", "month_to")
    def _check_months(self):
        for wizard in self:
            if wizard.month_from.replace(day=1) > wizard.month_to.replace(day=1):
                raise UserError(self.env._("“From” is after “To”."))
            if len(wizard._months()) > MOST_MONTHS:
                raise UserError(
                    self.env._(
                        "The report covers at most %(months)s months. Choose a later "
                        "“From”.",
                        months=MOST_MONTHS,
                    )
                )

    def _months(self):
        """First days of the months it covers."""
        return months_between(self.month_from, self.month_to)

    def _domain(self):
        """Rows of costs and income of the chosen months and departments; the reader's
        record rules narrow them."""
        self.ensure_one()
        domain = Domain("company_id", "=", self.company_id.id)
        domain &= Domain("month", "in", self._months())
        if self.department_ids:
            domain &= Domain("department_id", "in", self.department_ids.ids)
        return domain

    def action_pdf(self):
        """Print the report."""
        return self._print("finance_budget_action_report")

    def action_xlsx(self):
        """The report as a spreadsheet."""
        return self._print("finance_budget_xlsx_action_report")

    def _print(self, report):
        self.ensure_one()
        self.check_access("read")
        return self.env.ref(f"medical_office.{report}").report_action(self)
