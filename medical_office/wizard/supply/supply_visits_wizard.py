"""Import the monthly visits from a file: a dry run first, then everything or nothing."""

from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.supply.figures.visits import COLUMNS, VISIT_TEXTS, read_visits


class SupplyVisitsWizard(models.TransientModel):
    _name = "medical.supply.visits.wizard"
    _inherit = "medical.core.file.wizard"
    _description = "Import Monthly Visits"

    checked = fields.Boolean(readonly=True)
    problems = fields.Text(readonly=True)
    new_count = fields.Integer(string="New Numbers", readonly=True)
    corrected_count = fields.Integer(string="Corrected Numbers", readonly=True)
    corrections = fields.Text(readonly=True)
    reason = fields.Char(
        string="Reason for the Corrections",
        help="Recorded with every corrected number.",
    )

    def _planned(self):
        """(values to create, corrections, sentences about what is wrong)."""
        rows, errors = read_visits(self._data(), fields.Date.context_today(self))
        new, corrected, problems = self.env["medical.supply.visits"]._plan(rows)
        said = [problem.english(VISIT_TEXTS) for problem in errors]
        return new, corrected, said + problems

    def action_check(self):
        """Dry run: say what would be written and what is wrong; nothing is changed."""
        self.check_access("write")
        new, corrected, problems = self._planned()
        self.write(
            {
                "checked": True,
                "problems": self._listed(problems),
                "new_count": len(new),
                "corrected_count": len(corrected),
                "corrections": "\n".join(
                    self.env._(
                        "%(what)s: %(old)s → %(new)s",
                        what=line.display_name,
                        old=line.visits,
                        new=number,
                    )
                    for line, number in corrected
                ),
            }
        )
        return self._again(self.env._("Import Monthly Visits"))

    def action_import(self):
        """Write the numbers.

        :raises UserError: something is wrong, or corrections have no reason; the message
            lists everything
        """
        self.check_access("write")
        new, corrected, problems = self._planned()
        if problems:
            raise UserError(self._listed(problems))
        if corrected and not (self.reason or "").strip():
            raise UserError(
                self.env._(
                    "Numbers already entered that would change: %(count)s. Enter why "
                    "in “Reason for the Corrections”.",
                    count=len(corrected),
                )
            )
        lines = self.env["medical.supply.visits"].create(new)
        by_number = defaultdict(lines.browse)
        for line, number in corrected:
            by_number[number] |= line
        for number, those in by_number.items():
            those.write({"visits": number, "reason": self.reason})
            lines |= those
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.supply_visits_action"
        )
        return action | {"domain": [("id", "in", lines.ids)], "context": {}}

    def action_template(self):
        """Download an empty file with the columns that are understood."""
        self.check_access("read")
        return self._download("visits.csv", COLUMNS)
