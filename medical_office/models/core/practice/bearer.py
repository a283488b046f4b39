"""Keys for programs: those of an auditor end with the last day, like the sessions."""

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
