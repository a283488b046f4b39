"""People who leave: what a backup takes over goes over at once; what would be nobody's
is handed over first."""

from odoo import fields, models

from ..exception.exception import OPEN_STATES

NO_BACKUP = ["|", ("backup_id", "=", False), ("backup_id.active", "=", False)]


class ResUsers(models.Model):
    _name = "res.users"
    _inherit = ["medical.core.used", "res.users"]

    def write(self, vals):
        """Planned rounds of somebody who leaves or comes back fall to whoever walks them
        from now on."""
        result = super().write(vals)
        if "active" in vals:
            # sudo: whoever keeps the logins need not know who walks rounds
            self.env["medical.core.round"].sudo()._reassign(
                self, fields.Datetime.now(), fields.Datetime.to_datetime("9999-12-31")
            )
        return result

    def _medical_used_by(self):
        """What these people still have to do and no backup takes over."""
        return [
            *super()._medical_used_by(),
            (
                "medical.core.schedule",
                "owner_id",
                NO_BACKUP,
                self.env._(
                    "schedules without a backup: %(names)s; choose another owner."
                ),
            ),
            (
                "medical.core.round",
                "user_id",
                [("state", "=", "in_progress")],
                self.env._(
                    "rounds in progress: %(names)s; have them signed or reassigned."
                ),
            ),
            (
                "medical.core.exception",
                "user_id",
                [("state", "in", OPEN_STATES), *NO_BACKUP],
                self.env._(
                    "open exceptions without a backup: %(names)s; reassign them."
                ),
            ),
        ]
