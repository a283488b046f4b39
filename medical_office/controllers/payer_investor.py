"""The investor's page: holdings, distributions, questions with answers; their own alone."""

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..tools.plaintext import storable
from .private import MAX_TEXT, must_wait, private_page


class PayerInvestorPortal(CustomerPortal):
    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "investment_count" in counters:
            values["investment_count"] = len(self._investors())
        return values

    @http.route(
        "/my/investment",
        type="http",
        auth="user",
        methods=["GET"],
        sitemap=False,
        website=True,
    )
    def investment(self, asked=""):
        """What is on record for whoever is signed in. The view is noted."""
        investors = self._investors()
        for investor in investors:
            investor._note_view(request.env.user)
        return self._show(investors, asked=asked == "1")

    @http.route(
        "/my/investment/ask",
        type="http",
        auth="user",
        methods=["POST"],
        max_content_length=MAX_TEXT,
        sitemap=False,
        website=True,
    )
    def ask(self, investor="", question="", **_post):
        """Keep a question. Odoo has checked the form's CSRF token before."""
        number = storable(investor)
        number = int(number) if number.isdecimal() and len(number) < 10 else 0
        investors = self._investors()
        own = investors.filtered(lambda one: one.id == number)
        if not own:
            return request.not_found()
        if must_wait("investor_question", str(request.env.uid)):
            problem = request.env._(
                "You have asked many questions within an hour. Wait a little."
            )
            return self._show(investors, problem, question, own.id, status=429)
        try:
            own._ask(request.env.user, question)
        except UserError as error:
            return self._show(investors, str(error), question, own.id, status=422)
        return request.redirect("/my/investment?asked=1", code=303)

    def _investors(self):
        return request.env["medical.payer.investor"]._read_by(request.env.user)

    def _show(
        self, investors, problem="", typed="", typed_for=0, asked=False, status=200
    ):
        return private_page(
            "medical_office.payer_investor_portal_page",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "investment",
                "pages": [investor._page() for investor in investors],
                "problem": problem,
                "typed": storable(typed),
                "typed_for": typed_for,
                "asked": asked,
            },
            status=status,
        )
