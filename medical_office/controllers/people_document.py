"""The page behind a document link: a person hands in what was asked of them."""

from odoo import http
from odoo.http import request

from ..tools.plaintext import storable
from .private import must_wait, private_page

MAX_BODY = 11 * 1024 * 1024


class PeopleDocumentController(http.Controller):
    @http.route(
        "/medical_office/documents/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
    )
    def show(self, token):
        """What is asked of the person; a page that says so for a stale link (404)."""
        link = request.env["medical.people.document.link"]._from_token(token)
        return self._page(link, token) if link else self._stale(token)

    @http.route(
        "/medical_office/documents/<string:token>",
        type="http",
        auth="public",
        methods=["POST"],
        sitemap=False,
        max_content_length=MAX_BODY,
    )
    def hand_in(self, token, document=None, file=None, **_post):
        """Take one file. Odoo has checked the form's CSRF token before."""
        link = request.env["medical.people.document.link"]._from_token(token)
        if not link:
            return self._stale(token)
        _ = request.env._
        filename = getattr(file, "filename", None)  # a text may come in its place
        name = storable(filename)[:120]
        number = storable(document)
        if not (number.isdecimal() and len(number) < 10) or not name:
            return self._page(link, token, _("Choose a file first."))
        problem = link._hand_in(int(number), file.read(), name)
        return self._page(link, token, problem)

    def _stale(self, token):
        """An unknown token; who tries many of them has to wait."""
        links = request.env["medical.people.document.link"]
        response = self._page(links.browse(), token)
        if must_wait("guess"):
            response.status_code = 429
        return response

    def _page(self, link, token, problem=""):
        values = {
            "token": token,
            "problem": problem,
            "practice": link.company_id.name,
            "documents": [
                {
                    "id": one.id,
                    "name": one.type_id.name,
                    "there": one.state != "requested",
                }
                for one in link.document_ids
                if one.state in ("requested", "received", "accepted")
            ],
        }
        name = "people_documents_page" if link else "people_documents_stale"
        return private_page(f"medical_office.{name}", values, 200 if link else 404)
