"""The page behind a document link: a person hands in what was asked of them."""

import base64

from odoo import http
from odoo.http import content_disposition, request

from ..tools.plaintext import storable
from ._pages import HEADERS, KIB, SHOWS, TAKES

PAGE = "/medical_office/documents/<string:token>"
MAX_BODY = 11 * KIB * KIB


class PeopleDocumentController(http.Controller):
    @http.route(PAGE, **SHOWS)
    def show(self, token):
        """What is asked of the person; a page that says so for a stale link (404)."""
        link = request.env["medical.people.document.link"]._from_token(token)
        return self._page(link, token) if link else self._stale(token)

    @http.route(PAGE, **TAKES | {"max_content_length": MAX_BODY})
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

    @http.route(
        "/medical_office/personnel/copy/<int:copy_id>",
        type="http",
        auth="user",
        methods=["GET"],
        sitemap=False,
    )
    def copy(self, copy_id):
        """The copy of a file for who has just opened it, once."""
        # sudo: made for the user by opening the file; nobody else's is given out
        copy = request.env["medical.people.copy"].sudo().browse(copy_id).exists()
        if not copy or copy.create_uid != request.env.user:
            return request.not_found()
        content, name = base64.b64decode(copy.content), copy.name
        copy.unlink()
        return request.make_response(
            content,
            [
                ("Content-Type", "application/octet-stream"),
                ("Content-Disposition", content_disposition(name)),
                *HEADERS.items(),
            ],
        )

    def _stale(self, token):
        """An unknown token; who tries many of them has to wait."""
        address = request.httprequest.remote_addr or "unknown"
        # sudo: hits are counted by the program, nobody reads them
        hits = request.env["medical.core.hit"].sudo()
        links = request.env["medical.people.document.link"]
        response = self._page(links.browse(), token)
        if hits._count_lasting("guess", address):
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
        response = request.render(f"medical_office.{name}", values)
        response.status_code = 200 if link else 404
        response.headers.update(HEADERS)
        return response
