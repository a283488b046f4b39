"""Monthly numbers from a file: what dialogs that read them have in common."""

from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError


class CoreNumbersWizard(models.AbstractModel):
    """New months are entered, known ones corrected with a reason."""

    _name = "medical.core.numbers.wizard"
    _inherit = "medical.core.file.wizard"
    _description = "Dialog That Reads Monthly Numbers"

    checked = fields.Boolean(readonly=True)
    problems = fields.Text(readonly=True)
    new_count = fields.Integer("New Months", readonly=True)
    corrected_count = fields.Integer("Corrected Months", readonly=True)
    corrections = fields.Text(readonly=True)
    reason = fields.Char(
        "Reason for the Corrections", help="Recorded with every corrected month."
    )

    # Name and columns (``tools.csvsafe.Column``) of the empty file that is handed out
    _template = ("", ())
    _numbers = ""  # model of the numbers
    _shown_by = ""  # external ID of the action that shows them afterwards

    def _planned(self):
        """Hook: what the file would do.

        :return: (values to create, [(record, values to correct)], sentences about what
            is wrong)
        """
        raise NotImplementedError

    def action_template(self):
        """Download an empty file with the columns that are understood."""
        self.check_access("read")
        return self._download(*self._template)

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
        return self._again(self.env["ir.model"]._get(self._name).name)

    def action_import(self):
        """Write the numbers, all or none.

        :raises UserError: something is wrong, or corrections have no reason; the message
            lists everything
        """
        self.check_access("write")
        new, changed, problems = self._planned()
        if problems:
            raise UserError(self._listed(problems))
        if changed and not self.reason:
            raise UserError(
                self.env._(
                    "Months already entered that would change: %s. Enter why in “Reason "
                    "for the Corrections”.",
                    len(changed),
                )
            )
        model = self.env[self._numbers]
        written = model.create(new)
        alike = defaultdict(model.browse)
        for numbers, values in changed:
            alike[tuple(sorted(values.items()))] |= numbers
        for values, numbers in alike.items():
            numbers.write({**dict(values), "reason": self.reason})
            written |= numbers
        return self._show(written)

    def _show(self, written):
        """Hook: the action that follows the import."""
        return self._afterwards(self._shown_by, len(written))
