"""The loser of a race reads what happened, not the name of a lock or a key."""

from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.exceptions import ConcurrencyError, LockError
from odoo.http import request
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

OURS = "medical."
PAGES = ("/medical_office/", "/my/investment", "/my/packs")
TRIED = (*PG_CONCURRENCY_EXCEPTIONS_TO_RETRY, ConcurrencyError)


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
        if isinstance(exc, UniqueViolation) and self._name.startswith(OURS):
            return self._medical_busy_message()
        return super()._sql_error_to_message_generic(exc)

    def _medical_busy_message(self):
        return self.env._(
            "Somebody else is doing this right now: %(what)s. Wait a moment, reload the "
            "page and look at what is there.",
            what=self.env["ir.model"]._get(self._name).name or self._description,
        )


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _handle_error(cls, exception):
        """The host has tried again and again while others wrote the same rows: a call of
        a model of ours, or one that we guard, and a page of ours say so in words."""
        if isinstance(exception, TRIED):
            model = cls._medical_called()
            if model is not None:
                message = model._medical_busy_message()
                lost, exception = exception, LockError(message)
                exception.__cause__ = lost
        return super()._handle_error(exception)

    @classmethod
    def _medical_called(cls):
        """The model whose words are for what was called; None: it is the host's own."""
        if request.env is None or request.env.cr.closed:
            return None
        guard = request.env.registry["medical.core.guard"]
        name = request.params.get("model") if request.params else None
        if isinstance(name, str) and name in request.env:
            model = request.env[name]
            if name.startswith(OURS) or isinstance(model, guard):
                return model
        if request.httprequest.path.startswith(PAGES):
            return request.env["medical.core.guard"]
        return None
