"""The investor's page: the monthly packs that were sent to a portal user, no other."""

import base64

from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from .private import MAX_TEXT, private_file, private_page

FILES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class FinancePackPortal(CustomerPortal):
    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "pack_count" in counters:
            values["pack_count"] = len(self._packs())
        return values

    @http.route(
        "/my/packs",
        type="http",
        auth="user",
        methods=["GET"],
        sitemap=False,
        website=True,
    )
    def packs(self):
        """The packs sent to whoever is signed in; the figures are behind them."""
        return self._render("finance_pack_portal_list", {"packs": self._packs()})

    @http.route(
        "/my/packs/<int:number>",
        type="http",
        auth="user",
        methods=["GET"],
        sitemap=False,
        website=True,
    )
    def pack(self, number):
        """One pack on screen. The view is noted."""
        pack = self._pack(number)
        if not pack:
            return request.not_found()
        pack._note_view(request.env.user, request.env._("page"))
        report = pack.env["report.medical_office.finance_pack_report"]
        mine = pack.recipient_ids.filtered(
            lambda one: one.partner_id == request.env.user.partner_id
        )
        return self._render(
            "finance_pack_portal_page",
            {
                "pack": pack,
                "reader": mine[:1],
                "sections": report._printable_sections(pack),
                "facts": report._facts(pack),
                "screen": True,
            },
        )

    @http.route(
        '/my/packs/<int:number>/<any("pdf","xlsx"):kind>',
        type="http",
        auth="user",
        methods=["GET"],
        sitemap=False,
        website=True,
    )
    def file(self, number, kind):
        """The frozen file. The view is noted."""
        pack = self._pack(number)
        if not pack or not pack[kind]:
            return request.not_found()
        pack._note_view(request.env.user, kind.upper())
        name = f"Monthly Pack {pack.display_name}.{kind}"
        content = base64.b64decode(pack.with_context(bin_size=False)[kind])
        return private_file(content, name, FILES[kind])

    @http.route(
        "/my/packs/<int:number>/acknowledge",
        type="http",
        auth="user",
        methods=["POST"],
        max_content_length=MAX_TEXT,
        sitemap=False,
        website=True,
    )
    def acknowledge(self, number, **_post):
        """The reader has read it. Odoo has checked the form's CSRF token before."""
        pack = self._pack(number)
        if not pack:
            return request.not_found()
        pack._acknowledge(request.env.user.partner_id)
        return request.redirect(f"/my/packs/{number}", code=303)

    def _packs(self):
        return request.env["medical.finance.pack"]._sent_to(request.env.user)

    def _pack(self, number):
        """The pack, if it was sent to whoever asks."""
        return self._packs().filtered(lambda pack: pack.id == number)

    def _render(self, template, values):
        return private_page(
            f"medical_office.{template}",
            {**self._prepare_portal_layout_values(), "page_name": "packs", **values},
        )
