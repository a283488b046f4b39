"""Import payers' monthly numbers: a dry run first, then everything or nothing."""

from odoo import fields, models
from odoo.exceptions import UserError

from ...models.payer.contract.contract import KEEPERS
from ...tools.csvproblems import Problem
from ...tools.payer.month.monthfile import COLUMNS, read_months
from ...tools.payer.price.cells import PAYER_TEXTS

SHOWN = 40


class PayerMonthWizard(models.TransientModel):
    _name = "medical.payer.month.wizard"
    _inherit = "medical.core.file.wizard"
    _description = "Import Payers' Monthly Numbers"

    checked = fields.Boolean(readonly=True)
    problems = fields.Text(readonly=True)
    new_count = fields.Integer("New", readonly=True)
    corrected_count = fields.Integer("Corrected", readonly=True)
    corrections = fields.Text(readonly=True)
    reason = fields.Char("Reason for the Corrections")

    def _planned(self):
        """(values to create, corrections, sentences about what is wrong)"""
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
        new, changed = self.env["medical.payer.month"]._plan(known, payers)
        return new, changed, [problem.english(PAYER_TEXTS) for problem in errors]

    def action_check(self):
        """Dry run: say what would be written and what is wrong; nothing is changed."""
        self.check_access("write")
        new, changed, problems = self._planned()
        self.write(
            {
                "checked": True,
                "problems": "\n".join(problems[:SHOWN]),
                "new_count": len(new),
                "corrected_count": len(changed),
                "corrections": "\n".join(
                    self.env._(
                        "%(what)s, %(field)s: %(old)s → %(new)s",
                        what=numbers.display_name,
                        field=numbers._fields[key]._description_string(self.env),
                        old=numbers[key],
                        new=value,
                    )
                    for numbers, values in changed
                    for key, value in values.items()
                ),
            }
        )
        return self._again(self.env._("Import Payers' Monthly Numbers"))

    def action_import(self):
        """Write the numbers.

        :raises UserError: something is wrong, or corrections have no reason
        """
        self.env["medical.core.guard"]._check_caller(*KEEPERS)
        self.check_access("write")
        new, changed, problems = self._planned()
        if problems:
            raise UserError("\n".join(problems[:SHOWN]))
        if changed and not (self.reason or "").strip():
            raise UserError(
                self.env._(
                    "Months already entered that would change: %s. Enter why in “Reason "
                    "for the Corrections”.",
                    len(changed),
                )
            )
        self.env["medical.payer.month"].create(new)
        for numbers, values in changed:
            numbers.write({**values, "reason": self.reason})
        return self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.payer_performance_action"
        )

    def action_template(self):
        """Download an empty file with the columns that are understood."""
        self.check_access("read")
        return self._download("payer-months.csv", COLUMNS)
