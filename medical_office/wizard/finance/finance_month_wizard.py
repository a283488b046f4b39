"""Import the monthly numbers from a file: a dry run first, then everything or nothing."""

from odoo import fields, models
from odoo.exceptions import UserError

from ...tools.finance.measure.monthfile import COLUMNS, MONTH_TEXTS, read_months


class FinanceMonthWizard(models.TransientModel):
    _name = "medical.finance.month.wizard"
    _inherit = "medical.core.file.wizard"
    _description = "Import Monthly Numbers"

    checked = fields.Boolean(readonly=True)
    problems = fields.Text(readonly=True)
    new_count = fields.Integer("New Months", readonly=True)
    corrected_count = fields.Integer("Corrected Months", readonly=True)
    corrections = fields.Text(readonly=True)
    reason = fields.Char(
        "Reason for the Corrections", help="Recorded with every corrected month."
    )

    def _planned(self):
        """(values to create, corrections, sentences about what is wrong)."""
        rows, errors = read_months(self._data(), fields.Date.context_today(self))
        new, changed = self.env["medical.finance.month"]._plan(rows)
        return new, changed, [problem.english(MONTH_TEXTS) for problem in errors]

    def action_check(self):
        """Dry run: say what would be written and what is wrong; nothing is changed."""
        self.check_access("write")
        new, changed, problems = self._planned()
        self.write(
            {
                "checked": True,
                "problems": self._listed(problems),
                "new_count": len(new),
                "corrected_count": len(changed),
                "corrections": "\n".join(
                    self.env._(
                        "%(month)s, %(field)s: %(old)s → %(new)s",
                        month=numbers.display_name,
                        field=numbers._fields[key]._description_string(self.env),
                        old=numbers[key],
                        new=value,
                    )
                    for numbers, values in changed
                    for key, value in values.items()
                ),
            }
        )
        return self._again(self.env._("Import Monthly Numbers"))

    def action_import(self):
        """Write the numbers.

        :raises UserError: something is wrong, or corrections have no reason; the message
            lists everything
        """
        self.check_access("write")
        new, changed, problems = self._planned()
        if problems:
            raise UserError(self._listed(problems))
        if changed and not (self.reason or "").strip():
            raise UserError(
                self.env._(
                    "Months already entered that would change: %s. Enter why in “Reason "
                    "for the Corrections”.",
                    len(changed),
                )
            )
        self.env["medical.finance.month"].create(new)
        for numbers, values in changed:
            numbers.write({**values, "reason": self.reason})
        return self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.finance_month_action"
        )

    def action_template(self):
        """Download an empty file with the columns that are understood."""
        self.check_access("read")
        return self._download("monthly-numbers.csv", COLUMNS)
