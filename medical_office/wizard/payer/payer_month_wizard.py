"""Import payers' monthly numbers: a dry run first, then everything or nothing."""

from odoo import fields, models

from ...engine.core.sentences import problem_sentences
from ...models.payer.contract.contract import KEEPERS
from ...tools.csvproblems import Problem
from ...tools.payer.month.monthfile import COLUMNS, read_months
from ...tools.payer.price.cells import PAYER_TEXTS


class PayerMonthWizard(models.TransientModel):
    _name = "medical.payer.month.wizard"
    _inherit = "medical.core.numbers.wizard"
    _description = "Import Payers' Monthly Numbers"
    _template = ("payer-months.csv", COLUMNS)
    _numbers = "medical.payer.month"
    _shown_by = "medical_office.payer_performance_action"

    def _planned(self):
        rows, errors = read_months(self._data(), fields.Date.context_today(self))
        payers = self.env["medical.payer.payer"]._named({row.payer for row in rows})
        errors = [
            *errors,
            *(
                Problem(row.row, "Payer", "unknown_payer", {"cell": row.payer[:40]})
                for row in rows
                if row.payer.casefold() not in payers
            ),
        ]
        known = [row for row in rows if row.payer.casefold() in payers]
        seen = {}
        for row in known:  # a payer has two names, its own and its ID
            key = (payers[row.payer.casefold()], row.month)
            other = seen.setdefault(key, row.row)
            if other != row.row:
                errors.append(Problem(row.row, "Payer", "twice", {"other": str(other)}))
        new, changed = self.env["medical.payer.month"]._plan(known, payers)
        return new, changed, problem_sentences(self.env, errors, PAYER_TEXTS)

    def action_import(self):
        """The same by who keeps the contracts."""
        self.env["medical.core.guard"]._check_caller(*KEEPERS)
        return super().action_import()
