"""The address on a room's QR label: opens the room on the phone screen."""

from urllib.parse import urlencode

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from .private import private_page


class CoreRoomController(http.Controller):
    @http.route(
        "/medical_office/room/<string:token>",
        type="http",
        auth="user",
        methods=["GET"],
        sitemap=False,
        readonly=True,
    )
    def room(self, token):
        """Go on to the phone screen, with the room chosen.

        A stale label gets a page that says so (404), somebody who walks no rounds one
        that says that (403); neither learns the name of a room.
        """
        if not request.env.user.has_group("medical_office.core_group_staff"):
            message = request.env._(
                "This label is for staff who do the practice's rounds. If you are one "
                "of them, ask the office manager for the role."
            )
            return self._page(message, status=403)
        try:
            request.env["stock.location"]._medical_room_from_token(token)
        except UserError as problem:
            return self._page(str(problem), status=404)
        return request.redirect(f"/odoo/rounds-walk?{urlencode({'room': token})}")

    def _page(self, message, status):
        values = {"message": message}
        return private_page("medical_office.core_room_page", values, status)
