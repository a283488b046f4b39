"""Import how often each code was billed: a dry run first, then everything or nothing."""

from odoo import fields, models
from odoo.exceptions import UserError

from ...engine.core.sentences import problem_sentences
from ...models.payer.contract.contract import KEEPERS
from ...tools.payer.price.cells import PAYER_TEXTS
from ...tools.payer.price.volumefile import COLUMNS, read_volumes


class PayerVolumeWizard(models.TransientModel):
    _name = "medical.payer.volume.wizard"
    _inherit = "medical.core.file.wizard"
    _description = "Import Code Volumes"

    checked = fields.Boolean(readonly=True)
    problems = fields.Text(readonly=True)
    count = fields.Integer("Rows", readonly=True)
    replaced = fields.Integer("Rows replaced", readonly=True)

    def _planned(self):
        rows, errors = read_volumes(self._data(), fields.Date.context_today(self))
        return rows, problem_sentences(self.env, errors, PAYER_TEXTS)

    def action_check(self):
        """Dry run: say what would be written and what is wrong; nothing is changed."""
        self.check_access("write")
        rows, problems = self._planned()
        replaced = self.env["medical.payer.volume"].search_count(
            [
                ("company_id", "=", self.env.company.id),
                ("month", "in", list({row.month for row in rows})),
            ]
        )
        self.write(
            {
                "checked": True,
                "problems": self._listed(problems),
                "count": len(rows),
                "replaced": replaced,
            }
        )
        return self._again(self.env._("Import Code Volumes"))

    def action_import(self):
        """Write the volumes; a month that was there is replaced.

        :raises UserError: something is wrong; the message lists it
        """
        self.env["medical.core.guard"]._check_caller(*KEEPERS)
        self.check_access("write")
        rows, problems = self._planned()
        if problems:
            raise UserError(self._listed(problems))
        self.env["medical.payer.volume"]._replace(self.env.company, rows)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.payer_volume_action"
        )

    def action_template(self):
        """Download an empty file with the columns that are understood."""
        self.check_access("read")
        return self._download("code-volumes.csv", COLUMNS)
