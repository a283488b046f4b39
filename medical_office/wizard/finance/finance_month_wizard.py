"""Import the monthly numbers from a file: a dry run first, then everything or nothing."""

from odoo import fields, models

from ...engine.core.sentences import problem_sentences
from ...tools.finance.measure.monthfile import COLUMNS, MONTH_TEXTS, read_months


class FinanceMonthWizard(models.TransientModel):
    _name = "medical.finance.month.wizard"
    _inherit = "medical.core.numbers.wizard"
    _description = "Import Monthly Numbers"

    def _planned(self):
        rows, errors = read_months(self._data(), fields.Date.context_today(self))
        new, changed = self.env["medical.finance.month"]._plan(rows)
        return new, changed, problem_sentences(self.env, errors, MONTH_TEXTS)

    def action_check(self):
        """Dry run: say what would be written and what is wrong; nothing is changed."""
        self._check_numbers()
        return self._again(self.env._("Import Monthly Numbers"))

    def action_import(self):
        """Write the numbers.

        :raises UserError: something is wrong, or corrections have no reason; the message
            lists everything
        """
        self._import_numbers(self.env["medical.finance.month"])
        return self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.finance_month_action"
        )

    def action_template(self):
        """Download an empty file with the columns that are understood."""
        self.check_access("read")
        return self._download("monthly-numbers.csv", COLUMNS)
