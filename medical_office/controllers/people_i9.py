"""The page on which a new hire without a login completes Section 1 of Form I-9."""

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..tools.plaintext import storable
from .private import MAX_TEXT, must_wait, private_page, stale_page, wait_page

ADDRESS = "/medical_office/i9/<string:token>"
# typed anew each time: never sent back to a page
NEVER_SHOWN = ("ssn",)


class PeopleI9Controller(http.Controller):
    @http.route(ADDRESS, type="http", auth="public", methods=["GET"], sitemap=False)
    def show(self, token):
        """An empty section 1; after the signature no more than when it was signed."""
        link = self._link(token)
        return self._page(link, token) if link else stale_page("people_i9")

    @http.route(
        ADDRESS,
        type="http",
        auth="public",
        methods=["POST"],
        sitemap=False,
        max_content_length=MAX_TEXT,
    )
    def answer(self, token, **post):
        """Take section 1 in. Odoo has checked the form's CSRF token before."""
        link = self._link(token)
        if not link:
            return stale_page("people_i9")
        if must_wait("i9_address") or must_wait("i9_token", token):
            return wait_page("people_i9")
        if link.signed_at or post.get("website"):  # a field that people do not see
            return self._page(link, token)
        link._note_use()
        try:
            with request.env.cr.savepoint():
                link._answer(post)
        except UserError as problem:
            link.invalidate_recordset()
            return self._page(link, token, post, str(problem), status=422)
        return request.redirect(f"/medical_office/i9/{token}", code=303)

    # ------------------------------------------------------------------ helpers

    def _link(self, token):
        return request.env["medical.people.i9.link"]._from_token(token)

    def _page(self, link, token, post=None, problem="", status=200):
        """The form; of what was entered only what this very request has sent."""
        given = {
            name: storable(value)[:200]
            for name, value in (post or {}).items()
            if name not in NEVER_SHOWN
        }
        values = {
            "token": token,
            "practice": link.company_id.name,
            "signed_on": link._signed_on(),
            "problem": problem,
            "given": given,
        }
        if not link.signed_at:
            values |= link._page_choices()
        return private_page("medical_office.people_i9_page", values, status)
