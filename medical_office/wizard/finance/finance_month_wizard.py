"""Import the monthly numbers from a file: a dry run first, then everything or nothing."""

from odoo import fields, models

from ...engine.core.sentences import problem_sentences
from ...tools.finance.measure.monthfile import COLUMNS, MONTH_TEXTS, read_months


class FinanceMonthWizard(models.TransientModel):
    _name = "medical.finance.month.wizard"
    _inherit = "medical.core.numbers.wizard"
    _description = "Import Monthly Numbers"
    _template = ("monthly-numbers.csv", COLUMNS)
    _numbers = "medical.finance.month"
    _shown_by = "medical_office.finance_month_action"

    def _planned(self):
        rows, errors = read_months(self._data(), fields.Date.context_today(self))
        new, changed = self.env["medical.finance.month"]._plan(rows)
        return new, changed, problem_sentences(self.env, errors, MONTH_TEXTS)
