"""Import the monthly visits from a file: a dry run first, then everything or nothing."""

from odoo import fields, models

from ...engine.core.sentences import problem_sentences
from ...tools.supply.figures.visits import COLUMNS, VISIT_TEXTS, read_visits


class SupplyVisitsWizard(models.TransientModel):
    _name = "medical.supply.visits.wizard"
    _inherit = "medical.core.numbers.wizard"
    _description = "Import Monthly Visits"

    def _planned(self):
        rows, errors = read_visits(self._data(), fields.Date.context_today(self))
        new, corrected, problems = self.env["medical.supply.visits"]._plan(rows)
        changed = [(line, {"visits": number}) for line, number in corrected]
        return new, changed, problem_sentences(self.env, errors, VISIT_TEXTS) + problems

    def action_check(self):
        """Dry run: say what would be written and what is wrong; nothing is changed."""
        self._check_numbers()
        return self._again(self.env._("Import Monthly Visits"))

    def action_import(self):
        """Write the numbers.

        :raises UserError: something is wrong, or corrections have no reason; the message
            lists everything
        """
        lines = self._import_numbers(self.env["medical.supply.visits"])
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.supply_visits_action"
        )
        return action | {"domain": [("id", "in", lines.ids)], "context": {}}

    def action_template(self):
        """Download an empty file with the columns that are understood."""
        self.check_access("read")
        return self._download("visits.csv", COLUMNS)
