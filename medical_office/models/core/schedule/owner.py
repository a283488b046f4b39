"""People who leave: what a backup takes over goes over at once; what would be nobody's
is handed over first."""

from odoo import fields, models
from odoo.exceptions import UserError

from ..exception.exception import OPEN_STATES
from ..mixins.listing import named

NAMED = 3  # of each kind a refusal names
NO_BACKUP = ["|", ("backup_id", "=", False), ("backup_id.active", "=", False)]


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        """Refuse to archive whom others still lean on; planned rounds of somebody who
        leaves or comes back fall to whoever walks them from now on."""
        if "active" not in vals:
            return super().write(vals)
        if not vals["active"]:
            self._medical_check_unused()
        result = super().write(vals)
        # sudo: whoever keeps the logins need not know who walks rounds
        self.env["medical.core.round"].sudo()._reassign(
            self, fields.Datetime.now(), fields.Datetime.to_datetime("9999-12-31")
        )
        return result

    def _medical_check_unused(self):
        """Raise a UserError that names the person, what hangs on them, what to do first."""
        for user, reasons in self.filtered("active")._medical_uses().items():
            raise UserError(
                self.env._(
                    "%(user)s cannot be archived yet: %(reasons)s",
                    user=user.name,
                    reasons=" ".join(reasons),
                )
            )

    def _medical_uses(self):
        """What these people still have to do and no backup takes over. Domains add theirs.

        :return: {user: [sentence that says what it is and what to do first]}
        """
        uses = {}
        kinds = (
            (
                "medical.core.schedule",
                "owner_id",
                NO_BACKUP,
                self.env._("schedules without a backup: %s; choose another owner."),
            ),
            (
                "medical.core.round",
                "user_id",
                [("state", "=", "in_progress")],
                self.env._("rounds in progress: %s; have them signed or reassigned."),
            ),
            (
                "medical.core.exception",
                "user_id",
                [("state", "in", OPEN_STATES), *NO_BACKUP],
                self.env._("open exceptions without a backup: %s; reassign them."),
            ),
        )
        for model, owner, domain, text in kinds:
            # sudo: what hangs on a person counts, also where this user may not see it
            records = self.env[model].sudo()
            for user, found in records._read_group(
                [*domain, (owner, "in", self.ids)], [owner], ["id:recordset"]
            ):
                names = named(self.env, found.mapped("display_name"), NAMED)
                uses.setdefault(self.browse(user.id), []).append(text % names)
        return uses
