"""Requests: keys for programs end with an auditor's last day, and an address that no text
of the database can hold leads nowhere instead of breaking the server."""

from odoo import models
from odoo.exceptions import AccessDenied
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _auth_method_bearer(cls):
        """Refuse the key of an auditor whose last day has passed."""
        super()._auth_method_bearer()
        if request.env.user._medical_has_ended():
            raise AccessDenied(request.env._("Your access as an auditor has ended."))

    @classmethod
    def _serve_fallback(cls):
        """No file is kept under an address with a NUL: the host would ask the database
        for one, which cannot even be asked."""
        if "\0" in request.httprequest.path:
            return None
        return super()._serve_fallback()
