"""Import the monthly visits from a file: a dry run first, then everything or nothing."""

import base64
from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.csvsafe import write_table
from ...tools.supply.visits import COLUMNS, VISIT_TEXTS, read_visits


class SupplyVisitsWizard(models.TransientModel):
    _name = "medical.supply.visits.wizard"
    _description = "Import Monthly Visits"

    file = fields.Binary(attachment=False)
    file_name = fields.Char()
    checked = fields.Boolean(readonly=True)
    problems = fields.Text(readonly=True)
    new_count = fields.Integer(string="New Numbers", readonly=True)
    corrected_count = fields.Integer(string="Corrected Numbers", readonly=True)
    corrections = fields.Text(readonly=True)
    reason = fields.Char(
        string="Reason of the Corrections", help="Stays with every corrected number."
    )

    def _planned(self):
        """(values to create, corrections, sentences about what is wrong)."""
        self.ensure_one()
        if not self.file:
            raise UserError(self.env._("Choose a file first."))
        rows, errors = read_visits(
            base64.b64decode(self.file), fields.Date.context_today(self)
        )
        new, corrected, problems = self.env["medical.supply.visits"]._plan(rows)
        said = [problem.english(VISIT_TEXTS) for problem in errors]
        return new, corrected, said + problems

    def action_check(self):
        """Dry run: say what would be written and what is wrong; nothing is changed."""
        new, corrected, problems = self._planned()
        self.write(
            {
                "checked": True,
                "problems": "\n".join(problems),
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
        return self._again()

    def action_import(self):
        """Write the numbers.

        :raises UserError: something is wrong, or corrections have no reason; the message
            lists everything
        """
        new, corrected, problems = self._planned()
        if problems:
            raise UserError("\n".join(problems))
        if corrected and not (self.reason or "").strip():
            raise UserError(
                self.env._(
                    "%(count)s numbers are entered already and would change. Say why, in "
                    "“Reason of the Corrections”.",
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
        self.ensure_one()
        content = write_table([column.title for column in COLUMNS], [])
        self.write({"file": base64.b64encode(content), "file_name": "visits.csv"})
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file/visits.csv?download=true",
            "target": "self",
        }

    def _again(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import Monthly Visits"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
