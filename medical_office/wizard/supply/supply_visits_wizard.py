"""Import the monthly visits from a file: a dry run first, then everything or nothing."""

from odoo import fields, models

from ...engine.core.sentences import problem_sentences
from ...tools.supply.figures.visits import COLUMNS, VISIT_TEXTS, read_visits


class SupplyVisitsWizard(models.TransientModel):
    _name = "medical.supply.visits.wizard"
    _inherit = "medical.core.numbers.wizard"
    _description = "Import Monthly Visits"
    _template = ("visits.csv", COLUMNS)
    _numbers = "medical.supply.visits"
    _shown_by = "medical_office.supply_visits_action"

    def _planned(self):
        rows, errors = read_visits(self._data(), fields.Date.context_today(self))
        new, corrected, problems = self.env["medical.supply.visits"]._plan(rows)
        changed = [(line, {"visits": number}) for line, number in corrected]
        return new, changed, problem_sentences(self.env, errors, VISIT_TEXTS) + problems

    def _show(self, written):
        return self._afterwards(
            self._shown_by,
            len(written),
            domain=[("id", "in", written.ids)],
            context={},
        )
