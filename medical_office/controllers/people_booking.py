"""The candidate's page: choose a time, and answer the voluntary form apart from it."""

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..tools.plaintext import storable
from .private import MAX_TEXT, must_wait, private_page, stale_page, wait_page

PAGE = "/medical_office/booking/<string:token>"


class PeopleBookingController(http.Controller):
    @http.route(PAGE, type="http", auth="public", methods=["GET"], sitemap=False)
    def booking(self, token):
        """The times that can be chosen, or the one that was; 404 for a stale link."""
        one = self._interview(token)
        return self._show(one, token) if one else stale_page("people_booking")

    @http.route(
        PAGE,
        type="http",
        auth="public",
        methods=["POST"],
        sitemap=False,
        max_content_length=MAX_TEXT,
    )
    def book(self, token, slot="", **_post):
        """Take a time. Odoo has checked the form's CSRF token before."""
        one = self._interview(token)
        if not one:
            return stale_page("people_booking")
        if must_wait("booking"):
            return wait_page("people_booking")
        slot = storable(slot)
        try:
            with request.env.cr.savepoint():  # a time is taken whole, or not at all
                one._book(int(slot) if slot.isdecimal() and len(slot) < 10 else 0)
        except UserError as problem:
            return self._show(one, token, str(problem), 422)
        return request.redirect(f"/medical_office/booking/{token}", code=303)

    @http.route(
        f"{PAGE}/about", type="http", auth="public", methods=["GET"], sitemap=False
    )
    def about(self, token):
        """The voluntary form."""
        one = self._interview(token)
        return self._about(one, token) if one else stale_page("people_booking")

    @http.route(
        f"{PAGE}/about",
        type="http",
        auth="public",
        methods=["POST"],
        sitemap=False,
        max_content_length=MAX_TEXT,
    )
    def answer(self, token, sex="", origin="", **_post):
        """Keep the answer where nobody reads it."""
        one = self._interview(token)
        if not one:
            return stale_page("people_booking")
        if must_wait("booking"):
            return wait_page("people_booking")
        request.env["medical.people.selfid"]._answer(
            one.applicant_id, storable(sex), storable(origin)
        )
        return self._about(one, token, done=True)

    # ------------------------------------------------------------------ helpers

    def _interview(self, token):
        return request.env["medical.people.interview"]._of_token(token)

    def _show(self, one, token, problem="", status=200):
        company = one.company_id
        slots = one._open_slots() if one.state == "draft" else one.slot_ids.browse()
        return private_page(
            "medical_office.people_booking",
            {
                "token": token,
                "practice": company.name,
                "job": one.job_id.name,
                # not "round": a template reads that as Python's own function
                "round_name": one.round_id.name,
                "minutes": one.round_id.minutes,
                "taken": one.state == "planned"
                and company._medical_clock(one.start, weekday=True),
                "slots": [
                    (slot.id, company._medical_clock(slot.start, weekday=True))
                    for slot in slots
                ],
                "problem": problem,
            },
            status,
        )

    def _about(self, one, token, done=False):
        selfid = request.env["medical.people.selfid"]
        sexes, origins = (
            # first in the list, and chosen where nothing is: not to say
            selfid._fields[name]._description_selection(request.env)[::-1]
            for name in ("sex", "origin")
        )
        return private_page(
            "medical_office.people_booking_about",
            {
                "token": token,
                "practice": one.company_id.name,
                "sexes": sexes,
                "origins": origins,
                "done": done,
            },
        )
