"""The public page behind an asset's or a room's QR label: report a fault, see its state."""

import base64
from urllib.parse import quote, urlencode

from odoo import http
from odoo.http import request
from odoo.tools import email_normalize

from ..tools.core.photo import MAX_BYTES, PhotoError, clean_photo
from ..tools.plaintext import storable
from .core_room import CoreRoomController
from .private import MAX_TEXT, must_wait, private_page, stale_page, wait_page

# the photo, the texts and what a browser adds
MAX_BODY = MAX_BYTES + MAX_TEXT


class FacilityRoomController(CoreRoomController):
    @http.route(auth="public")
    def room(self, token):
        """A room's label: staff go on to the phone screen, everybody else may report."""
        if request.env.user._is_public():
            return request.redirect(f"/medical_office/fault/{quote(token, safe='')}")
        return super().room(token)


class FacilityFaultController(http.Controller):
    @http.route(
        "/medical_office/fault/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
    )
    def fault(self, token):
        """The form for one label; a page that says so for a stale one (404)."""
        asset, room = self._target(token)
        if not asset and not room:
            return stale_page("facility_fault")
        return self._form(token, asset, room)

    @http.route(
        "/medical_office/fault/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        sitemap=False,
        max_content_length=MAX_BODY,
    )
    def report(self, token, **post):
        """Take a report in. Odoo has checked the form's CSRF token before."""
        asset, room = self._target(token)
        if not asset and not room:
            return stale_page("facility_fault")
        if post.get("website"):  # a field that people do not see: a robot filled it in
            return self._form(token, asset, room)
        wait = must_wait("address") or must_wait("token", token)
        if wait:
            return wait_page("facility_fault")
        _ = request.env._
        problems = {}
        text = storable(post.get("text")).strip()
        if len(text) < 3:
            problems["text"] = _("Briefly describe what is wrong.")
        email = storable(post.get("email")).strip()
        if email and not email_normalize(email):
            problems["email"] = _(
                "This is not an email address. Leave it empty or correct it."
            )
        photo, problem = self._photo(post.get("photo"))
        if problem:
            problems["photo"] = problem
        if problems:
            return self._form(token, asset, room, post, problems)
        fault = request.env["maintenance.request"]._medical_report_fault(
            asset, room, text, photo, email
        )
        status = fault.medical_status_token
        return request.redirect(
            f"/medical_office/fault/status/{status}?new=1", code=303
        )

    @http.route(
        "/medical_office/fault/status/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
    )
    def status(self, token, new=None):
        """The state of one report, for whoever holds its own token."""
        fault = request.env["maintenance.request"]._medical_from_status_token(token)
        if not fault:
            return stale_page("facility_fault")
        step, words, done = fault._medical_public_state()
        return private_page(
            "medical_office.facility_fault_status",
            {
                "where": fault._medical_public_where(),
                "practice": fault.company_id.name,
                "step": step,
                "words": words,
                "done": done,
                "new": bool(new),
                "mails": bool(fault.medical_reporter_email),
                "token": token,
                "reported": fault.medical_reported_at,
                "closed": fault.medical_closed_at,
                "zone": str(fault.company_id._medical_zone()),
            },
        )

    @http.route(
        "/medical_office/fault/status/<string:token>/quiet",
        type="http",
        auth="public",
        methods=["POST"],
        max_content_length=MAX_TEXT,
        sitemap=False,
    )
    def quiet(self, token, **_post):
        """Forget the reporter's mail address."""
        fault = request.env["maintenance.request"]._medical_from_status_token(token)
        if not fault:
            return stale_page("facility_fault")
        fault._medical_forget_reporter()
        return request.redirect(f"/medical_office/fault/status/{token}", code=303)

    # ------------------------------------------------------------------ helpers

    def _target(self, token):
        return request.env["maintenance.request"]._medical_public_target(token)

    def _photo(self, upload):
        """(base64 or None, problem or None) of an uploaded picture.

        It is known by its bytes, decoded and written anew: that takes off where and with
        which phone it was taken, and whatever else was hidden in it.
        """
        if not upload or not getattr(upload, "filename", None):
            return None, None
        data = upload.read(MAX_BYTES + 1)
        try:
            clean = clean_photo(data)
        except PhotoError as error:
            pictured = request.env["medical.core.pictured"]
            return None, pictured._photo_message(error.code, data)
        return base64.b64encode(clean), None

    def _form(self, token, asset, room, post=None, problems=None):
        names = [asset.name, room.name]
        waiting = request.env["maintenance.request"]._medical_public_open(asset, room)
        return private_page(
            "medical_office.facility_fault_form",
            {
                "token": token,
                "where": " · ".join(name for name in names if name),
                "practice": (asset.company_id or room.company_id).name,
                "text": storable((post or {}).get("text")),
                "email": storable((post or {}).get("email")),
                "problems": problems or {},
                "waiting": waiting,
                # a room's label is also how staff come to its rounds
                "walk": ""
                if asset
                else f"/odoo/rounds-walk?{urlencode({'room': token})}",
            },
            status=422 if problems else 200,
        )
