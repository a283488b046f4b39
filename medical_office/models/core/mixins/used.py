"""What others lean on is put away only when nothing would be left hanging."""

from odoo import models
from odoo.exceptions import UserError

from .listing import named

NAMED = 3  # of each kind a refusal names


class CoreUsed(models.AbstractModel):
    """A record is archived when nothing hangs on it; until then a refusal says what.

    Each domain adds to ``_medical_used_by`` what it hangs on the record.
    """

    _name = "medical.core.used"
    _description = "Not Archived While in Use"

    def write(self, vals):
        if self._medical_puts_away(vals):
            self.check_access("write")  # what hangs on it is not told to everybody
            self._medical_check_unused()
        return super().write(vals)

    def _medical_puts_away(self, vals):
        """Whether these values take the records out of use."""
        return not vals.get("active", True)

    def _medical_check_unused(self):
        """:raises UserError: says which record, what hangs on it, what to do first"""
        for record, reasons in self.filtered("active")._medical_uses().items():
            raise UserError(
                self.env._(
                    "%(record)s is still in use: %(reasons)s",
                    record=record.display_name,
                    reasons=" ".join(reasons),
                )
            )

    def _medical_uses(self):
        """What hangs on these records.

        :return: {record: [sentence that says what it is and what to do first]}
        """
        uses = {}
        for model, field, domain, text in self._medical_used_by() if self else ():
            # sudo: what hangs on a record counts, also where this user may not see it
            hanging = self.env[model].sudo().with_context(active_test=True)
            for used, found in hanging._read_group(
                [*domain, (field, "in", self.ids)], [field], ["id:recordset"]
            ):
                if used.id in self.ids:  # one of several that a line is about
                    names = named(self.env, found.mapped("display_name"), NAMED)
                    said = text % {"names": names, "count": len(found)}
                    uses.setdefault(self.browse(used.id), []).append(said)
        return uses

    def _medical_used_by(self):
        """What is looked for.

        :return: list of (model, its field that names the record, domain, sentence with
            ``%(names)s`` or ``%(count)s`` that says what to do first)
        """
        return []
