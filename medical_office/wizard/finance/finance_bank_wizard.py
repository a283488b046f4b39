"""Import a bank's file: a dry run first, then everything or nothing; no line twice."""

from odoo import fields, models
from odoo.exceptions import UserError

from ...engine.core.sentences import problem_sentences
from ...tools.finance.bank.lines import BANK_TEXTS, COLUMNS, read_lines


class FinanceBankWizard(models.TransientModel):
    _name = "medical.finance.bank.wizard"
    _inherit = "medical.core.file.wizard"
    _description = "Import Bank Lines"

    journal_id = fields.Many2one(
        "account.journal",
        "Bank Account",
        required=True,
        domain="[('type', '=', 'bank'), ('company_id', '=', allowed_company_ids[0])]",
        default=lambda self: self._default_journal(),
    )
    checked = fields.Boolean(readonly=True)
    problems = fields.Text(readonly=True)
    new_count = fields.Integer("New Lines", readonly=True)
    known_count = fields.Integer("Known Already", readonly=True)

    def _default_journal(self):
        """The only bank account there is, else the one whose file was read last."""
        own = ("company_id", "=", self.env.company.id)
        journals = self.env["account.journal"].search(
            [("type", "=", "bank"), own], limit=2
        )
        if len(journals) == 1:
            return journals
        last = self.env["medical.finance.bank.line"].search(
            [own], order="id desc", limit=1
        )
        return last.journal_id

    def _planned(self):
        lines, errors = read_lines(self._data())
        new, known = self.env["medical.finance.bank.line"]._plan(self.journal_id, lines)
        return new, known, problem_sentences(self.env, errors, BANK_TEXTS)

    def action_check(self):
        """Dry run: say how many lines are new and what is wrong; nothing is changed."""
        self.check_access("write")
        new, known, problems = self._planned()
        self.write(
            {
                "checked": True,
                "problems": self._listed(problems),
                "new_count": len(new),
                "known_count": known,
            }
        )
        return self._again(self.env._("Import Bank Lines"))

    def action_import(self):
        """Write the lines that are new.

        :raises UserError: something in the file is wrong, or nothing in it is new
        """
        self.check_access("write")
        new, _known, problems = self._planned()
        if problems:
            raise UserError(self._listed(problems))
        if not new:
            raise UserError(self.env._("Every line of this file was read before."))
        self.env["medical.finance.bank.line"].create(new)
        return self._afterwards("medical_office.finance_bank_line_action", len(new))

    def action_template(self):
        """Download an empty file with the columns that are understood."""
        self.check_access("read")
        return self._download("bank-lines.csv", COLUMNS)
