"""The page of a surveyor: the papers of the areas that the director granted."""

from odoo import http
from odoo.http import request

from odoo.addons.web.controllers.home import Home

from .compliance_report import page_style
from .private import private_file, private_page


class ComplianceSurveyController(http.Controller):
    @http.route(
        "/medical_office/survey",
        type="http",
        auth="user",
        methods=["GET"],
        sitemap=False,
        readonly=False,
    )
    def survey(self):
        """The papers of the caller's open access; 404 for everybody else."""
        access = self._access()
        if not access:
            return request.not_found()
        return private_page(
            "medical_office.compliance_survey_page",
            {**access._page(), "style": page_style()},
        )

    @http.route(
        "/medical_office/survey/<string:code>",
        type="http",
        auth="user",
        methods=["GET"],
        sitemap=False,
        readonly=False,
    )
    def paper(self, code):
        """One paper as PDF."""
        access = self._access()
        printed = access and access._print_paper(code)
        if not printed:
            return request.not_found()
        content, name = printed
        return private_file(content, name, "application/pdf")

    def _access(self):
        return request.env["medical.compliance.surveyor"]._open_of(request.env.user)[:1]


class ComplianceSurveyHome(Home):
    def _login_redirect(self, uid, redirect=None):
        """A surveyor begins at the papers."""
        user = request.env["res.users"].browse(uid)
        if not redirect and user._is_medical_surveyor():
            return "/medical_office/survey"
        return super()._login_redirect(uid, redirect=redirect)
