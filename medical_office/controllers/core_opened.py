"""The copy of a sensitive file for who has just opened it."""

import base64

from odoo import http
from odoo.http import request

from .private import private_file


class CoreOpenedController(http.Controller):
    @http.route(
        "/medical_office/copy/<int:copy_id>",
        type="http",
        auth="user",
        methods=["GET"],
        sitemap=False,
        readonly=False,
    )
    def copy(self, copy_id):
        """Hand it out once; 404 for everybody else."""
        # sudo: made for the user by opening the file; nobody else's is given out
        copy = request.env["medical.core.opened.copy"].sudo().browse(copy_id).exists()
        if not copy or copy.create_uid != request.env.user:
            return request.not_found()
        content, name = base64.b64decode(copy.content), copy.name
        copy.unlink()
        return private_file(content, name)
