"""When a user last looked at the cockpit: what changed since is news."""

from datetime import timedelta

from odoo import api, fields, models

# calls so close together are one look: opening a record and coming back is not news
SAME_LOOK = timedelta(minutes=30)
FIRST_LOOK_DAYS = 7


class Look(models.Model):
    """One row per user; nobody reads or writes it but the cockpit."""

    _name = "medical.core.look"
    _description = "Last Cockpit Visit"
    _inherit = ["medical.core.guard"]
    _program_fields = frozenset({"user_id", "looked_at", "since"})

    user_id = fields.Many2one("res.users", required=True, ondelete="cascade")
    looked_at = fields.Datetime(required=True)
    since = fields.Datetime(
        required=True, help="Anything newer than this is shown as changed."
    )

    _user_unique = models.Constraint("unique (user_id)", "One record per user.")

    @api.model
    def _look(self):
        """Note that the user looks now.

        :return: the moment since which changes are news to the user (naive UTC): the end
            of the look before this one, or a week ago at the first look
        """
        now = fields.Datetime.now()
        look = self._own()
        if not look:
            week_ago = fields.Datetime.subtract(now, days=FIRST_LOOK_DAYS)
            look = look.create(
                {"user_id": self.env.uid, "looked_at": now, "since": week_ago}
            )
        elif now - look.looked_at > SAME_LOOK:
            look.write({"since": look.looked_at, "looked_at": now})
        elif now - look.looked_at > timedelta(minutes=1):  # spare the write
            look.looked_at = now
        return look.since

    @api.model
    def _seen(self):
        """From now on only what happens later is news."""
        now = fields.Datetime.now()
        self._look()
        self._own().write({"since": now, "looked_at": now})

    @api.model
    def _own(self):
        # sudo: every user keeps exactly one row, their own, through the cockpit alone
        rows = self.sudo()._pen()
        return rows.search([("user_id", "=", self.env.uid)], limit=1)
