"""What phones have sent: an entry is applied once, however often it arrives."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

KEEP = timedelta(days=60)


class CoreRoundEntry(models.Model):
    _name = "medical.core.round.entry"
    _description = "Entry from a Phone"
    _inherit = ["medical.core.guard"]
    _order = "id desc"
    _log_access = False
    _rec_name = "uuid"

    uuid = fields.Char(required=True, readonly=True)
    line_id = fields.Many2one(
        "medical.core.round.line",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    user_id = fields.Many2one("res.users", required=True, readonly=True)
    received_at = fields.Datetime(required=True, readonly=True)

    _uuid = models.Constraint("UNIQUE (uuid)", "This entry was already received.")

    @api.model
    def _claim(self, uuid, line):
        """Whether the entry ``uuid`` is new; from now on it is not.

        Of two that arrive at the same time one waits for the other: the database then
        has this transaction run again, and it finds the entry there. That is why the
        row is inserted here and not by the ORM, whose error would lose the batch.
        """
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO medical_core_round_entry
                            (uuid, line_id, user_id, received_at)
                     VALUES (%s, %s, %s, %s)
                ON CONFLICT (uuid) DO NOTHING
                  RETURNING id
                """,
                uuid,
                line.id,
                self.env.uid,
                fields.Datetime.now(),
            )
        )
        return bool(rows)

    @api.autovacuum
    def _gc_old(self):
        """Forget entries whose round is long closed: a late copy would be refused."""
        old = fields.Datetime.now() - KEEP
        self.search([("received_at", "<", old)], limit=10000).unlink()
