"""Reports without a name: a public form, and a page for who holds a follow-up key.

Neither page knows who is asking. They run as the public user whoever is logged in, keep no
session and set no cookie; the address is counted in memory alone, and the line that the
server would write into its log is left out.
"""

import hashlib
import hmac
import logging
import secrets
from datetime import timedelta
from functools import cache

from markupsafe import Markup

from odoo import fields, http
from odoo.http import request
from odoo.tools import file_open

from ..tools.compliance.hotline import cleaned
from ..tools.core.hits import Limit, wait_until
from .private import MAX_TEXT, address, private_page

REPORT = "/medical_office/report"
REPLY = "/medical_office/reply"
ROUTE = {
    "type": "http",
    # whoever is logged in: no session is read, none is made
    "auth": "none",
    # else it is tried on a read-only cursor first, and each report counts twice
    "readonly": False,
    "save_session": False,
    # nothing is done in anybody's name, so there is nothing to forge
    "csrf": False,
    "sitemap": False,
    "max_content_length": MAX_TEXT,
}
MOST_KNOWN = 5000  # addresses that are remembered
STYLES = ("fault.css", "report.css")


@cache
def page_style():
    """The style of these pages, written into them: a page asks for nothing else, so no
    other request leaves a line in a log."""
    parts = []
    for name in STYLES:
        with file_open(f"medical_office/static/public/{name}") as handle:
            parts.append(handle.read())
    return Markup("\n").join(Markup(part) for part in parts)


class Counter:
    """Counts hits in this process's memory; forgotten with it.

    An address is known by a digest whose key was made when the process began and is
    written down nowhere.
    """

    def __init__(self, limit):
        self.limit = limit
        self.forget()

    def forget(self):
        self._secret = secrets.token_bytes(32)
        self._hits = {}

    def is_over(self, text):
        """Count a hit; whether it was one too many."""
        now = fields.Datetime.now()
        digest = hmac.new(self._secret, text.encode(), hashlib.sha256).digest()
        hits = [at for at in self._hits.get(digest, ()) if at > now - self.limit.span]
        over = wait_until(hits, self.limit, now) is not None
        if not over:
            hits.append(now)
        if len(self._hits) > MOST_KNOWN:
            self._hits.clear()
        self._hits[digest] = hits
        return over


REPORTS = Counter(Limit(10, timedelta(hours=1)))
KEYS = Counter(Limit(30, timedelta(hours=1)))


class Unlogged(logging.Filter):
    """Leaves lines about these pages out of the log: they would name address and hour."""

    def filter(self, record):
        """Whether the line is written."""
        line = record.getMessage()
        return REPORT not in line and REPLY not in line


logging.getLogger("werkzeug").addFilter(Unlogged())


class ComplianceReportController(http.Controller):
    @http.route(f"{REPORT}/<string:token>", methods=["GET"], **ROUTE)
    def form(self, token):
        """The form of one practice."""
        company = self._company(token)
        return self._form(token, company) if company else self._stale()

    @http.route(f"{REPORT}/<string:token>", methods=["POST"], **ROUTE)
    def report(self, token, **post):
        """Take a report in and show its key, this once."""
        company = self._company(token)
        if not company:
            return self._stale()
        if post.get("website"):  # a field that people do not see: a robot filled it in
            return self._form(token, company)
        if REPORTS.is_over(address()):
            return self._too_many()
        incidents = request.env["medical.compliance.incident"]
        key, problems = incidents._report_anonymously(company, post)
        if problems and "limit" in problems:
            return self._too_many()
        if problems:
            return self._form(token, company, post, problems)
        return self._page(
            "medical_office.compliance_report_thanks",
            {"key": key, "practice": company.name},
        )

    @http.route(REPLY, methods=["GET"], **ROUTE)
    def ask(self):
        """The page that asks for the key."""
        return self._page("medical_office.compliance_report_ask", {"problem": ""})

    @http.route(REPLY, methods=["POST"], **ROUTE)
    def reply(self, **post):
        """Show what became of a report; add what its reporter has to say."""
        self._as_public()
        if KEYS.is_over(address()):
            return self._too_many()
        key = cleaned(post.get("key"), 60)
        incident = request.env["medical.compliance.incident"]._from_key(key)
        if not incident:
            problem = request.env._(
                "This key is not known. Type it as it was shown: four groups of four."
            )
            return self._page(
                "medical_office.compliance_report_ask", {"problem": problem}, 422
            )
        problem = False
        if post.get("say"):
            problem = incident._add_word(post.get("text"))
        values = {
            **incident._public_words(),
            "key": key,
            "problem": problem,
            "practice": incident.company_id.name,
        }
        return self._page(
            "medical_office.compliance_report_follow", values, 422 if problem else 200
        )

    # ------------------------------------------------------------------ helpers

    def _as_public(self):
        """The public user asks, whoever is logged in."""
        if not request.env.uid:
            request.update_env(user=request.env.ref("base.public_user").id)

    def _company(self, token):
        """The practice of an address, as superuser; empty for a stale one."""
        self._as_public()
        token = cleaned(token, 60)
        # sudo: whoever has the address reports; the page shows the name alone
        companies = request.env["res.company"].sudo()
        return token and companies.search(
            [("medical_report_token", "=", token)], limit=1
        )

    def _form(self, token, company, post=None, problems=None):
        incidents = request.env["medical.compliance.incident"]
        post = {
            name: cleaned((post or {}).get(name), 4000)
            for name in ("kind", "what", "place", "happened_on", "about_manager")
        }
        return self._page(
            "medical_office.compliance_report_form",
            {
                "token": token,
                "practice": company.name,
                "kinds": incidents._fields["kind"]._description_selection(request.env),
                "post": post,
                "problems": problems or {},
            },
            422 if problems else 200,
        )

    def _stale(self):
        if KEYS.is_over(address()):
            return self._too_many()
        return self._page("medical_office.compliance_report_stale", {}, 404)

    def _too_many(self):
        return self._page("medical_office.compliance_report_wait", {}, 429)

    def _page(self, template, values, status=200):
        self._as_public()
        return private_page(template, {**values, "style": page_style()}, status)
