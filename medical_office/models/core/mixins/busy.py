"""The loser of a race reads what happened, not the name of a lock or a key."""

from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.exceptions import LockError


class Base(models.AbstractModel):
    _inherit = "base"

    @api.private
    def lock_for_update(self, *, allow_referencing=False):
        """As the host's, with a sentence for who comes second."""
        try:
            return super().lock_for_update(allow_referencing=allow_referencing)
        except LockError as error:
            raise LockError(self._medical_busy_message()) from error

    @api.model
    def _sql_error_to_message_generic(self, exc):
        """Two who make the same at once: the key's name tells nobody anything. A key
        with a message of its own says that."""
        if isinstance(exc, UniqueViolation) and self._name.startswith("medical."):
            return self._medical_busy_message()
        return super()._sql_error_to_message_generic(exc)

    def _medical_busy_message(self):
        return self.env._(
            "Somebody else is doing this right now: %(what)s. Wait a moment, reload the "
            "page and look at what is there.",
            what=self.env["ir.model"]._get(self._name).name or self._description,
        )
