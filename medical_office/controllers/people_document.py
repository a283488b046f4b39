"""The page behind a document link: a person hands in what was asked of them."""

import base64

from odoo import http
from odoo.http import content_disposition, request

MAX_BODY = 11 * 1024 * 1024
HEADERS = {
    # the address holds the token: it is not stored, not indexed, not handed on
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Frame-Options": "DENY",
}


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
        return self._page(link, token)

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
            return self._page(link, token)
        _ = request.env._
        # a text where a file belongs, or the other way about, is nothing
        name = (getattr(file, "filename", "") or "").replace("\0", "")[:120]
        number = document if isinstance(document, str) else ""
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
                ("X-Content-Type-Options", "nosniff"),
                *HEADERS.items(),
            ],
        )

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
