"""No step in silence: a button that moves a record on says what happened."""

from odoo import http
from odoo.http import request

from odoo.addons.web.controllers.dataset import DataSet

from ..models.core.mixins.done import standing, stepped


class CoreButton(DataSet):
    @http.route()
    def call_button(self, model, method, args, kwargs, path=None):
        """As the host's; where the button returned nothing to show and moved guarded
        records to another state, a notification names state and who decides next."""
        ids = args[0] if args and isinstance(args[0], list) else []
        known = model in request.env and all(isinstance(one, int) for one in ids)
        before = standing(request.env[model].browse(ids)) if known and ids else {}
        action = super().call_button(model, method, args, kwargs, path=path)
        if action or not before:
            return action
        return stepped(request.env, before) or action
