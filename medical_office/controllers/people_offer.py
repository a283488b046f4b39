"""The candidate's page of an offer: read the letter, accept or decline."""

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..tools.plaintext import storable
from .private import MAX_TEXT, must_wait, private_page, stale_page, wait_page

ADDRESS = "/medical_office/offer/<string:token>"


class PeopleOfferController(http.Controller):
    @http.route(ADDRESS, type="http", auth="public", methods=["GET"], sitemap=False)
    def offer(self, token):
        """The letter while it may be answered; afterwards only that it may not."""
        offer = self._offer(token)
        return self._page(offer) if offer else stale_page("people_offer")

    @http.route(
        ADDRESS,
        type="http",
        auth="public",
        methods=["POST"],
        sitemap=False,
        max_content_length=MAX_TEXT,
    )
    def answer(self, token, **post):
        """Take the answer in. Odoo has checked the form's CSRF token before."""
        offer = self._offer(token)
        if not offer:
            return stale_page("people_offer")
        if must_wait("offer_address") or must_wait("offer_token", token):
            return wait_page("people_offer")
        if post.get("website"):  # a field that people do not see: a robot filled it in
            return self._page(offer)
        state = {"accept": "accepted", "decline": "declined"}.get(
            storable(post.get("answer"))
        )
        if not state:
            return self._page(offer)
        try:
            with request.env.cr.savepoint():
                offer._answer(state, storable(post.get("name")))
        except UserError as problem:
            offer.invalidate_recordset()
            return self._page(offer, str(problem), status=422)
        return request.redirect(f"/medical_office/offer/{token}", code=303)

    # ------------------------------------------------------------------ helpers

    def _offer(self, token):
        return request.env["medical.people.offer"]._from_token(token)

    def _page(self, offer, problem="", status=200):
        is_open = offer._is_open()
        return private_page(
            "medical_office.people_offer_page",
            {
                "token": offer.token,
                "practice": offer.company_id.name,
                "letter": offer.letter if is_open else "",
                "digest": offer.letter_digest if is_open else "",
                "closed": "" if is_open else offer._closed_words(),
                "expiry": offer.date_expiry,
                "problem": problem if is_open else "",
            },
            status,
        )
