"""The coming year in the register: what pay will need and is not there yet."""

from datetime import date

from odoo import api, fields, models

from ....tools.payroll.law.lawtable import use
from ....tools.payroll.tax import readiness
from ...core.check.answerable import finding
from ...core.check.check import CheckResult
from ...core.mixins.open_action import list_action

READY_FROM, SEVERE_FROM = 10, 12  # months: 1 October, 1 December


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model
    def _medical_check_coming_year(self):
        """One finding for each publication that the next pay year lacks, all at once,
        with every figure that the practice needs from it.

        From 1 October for the year to come, severe from 1 December; before October for
        the current year, which is severe.
        """
        today = fields.Date.context_today(self)
        coming = today.month >= READY_FROM
        year = today.year + coming
        severe = not coming or today.month >= SEVERE_FROM
        due = date(year - 1, 12, 31) if coming else today
        # sudo: what people and plans need is asked; no person is named
        companies = self.sudo().search([])
        groups = companies.env["hr.employee"]._read_group(
            companies._medical_law_people(year), ["company_id"]
        )
        paying = companies.browse(company.id for (company,) in groups)
        rows, looked_at = [], 0
        with use(self.env["medical.payroll.law.package"]._book()):
            for company_id, needs in paying._medical_law_needs(year).items():
                gaps = readiness.missing(needs, year)
                looked_at += (
                    len(needs.taxed_in | needs.worked_in) + len(needs.kinds) + 1
                )
                rows += [
                    finding(
                        self.browse(company_id),
                        self._medical_law_lacks(year, own),
                        severity="critical" if severe else "medium",
                        date_due=due,
                        company_id=company_id,
                        key=f"{year}:{own[0].document}:{own[0].url}",
                    )
                    for own in _by_publication(gaps)
                ]
        return CheckResult(looked_at, self._medical_for_preparers(rows))

    @api.model
    def _medical_law_lacks(self, year, gaps):
        """What of one publication is missing, where it is published and when."""
        return self.env._(
            "Pay of %(year)s needs %(document)s (%(publisher)s, %(expected)s): "
            "%(what)s. %(url)s",
            year=year,
            document=gaps[0].document,
            publisher=gaps[0].publisher,
            expected=gaps[0].expected,
            what="; ".join(gap.what for gap in gaps),
            url=gaps[0].url,
        ).strip()

    def _medical_law_missing(self, day):
        """Sentences about all that pay of this company on ``day`` lacks, one for each
        publication."""
        self.ensure_one()
        # sudo: what people and plans need is asked; no person is named
        company = self.sudo()
        needs = company._medical_law_needs(day.year)[company.id]
        with use(company._medical_law(day).book):
            gaps = readiness.missing(needs, day.year)
        return [self._medical_law_lacks(day.year, own) for own in _by_publication(gaps)]

    def _medical_open_action(self, finding=None):
        """What the coming year lacks is dealt with where packages are imported."""
        if finding and finding.check_id.code == "payroll_coming_year":
            packages = self.env["medical.payroll.law.package"]
            if not packages.search_count([], limit=1):  # the first one is begun
                return {
                    "type": "ir.actions.act_window",
                    "name": self.env._("New Law Package"),
                    "res_model": packages._name,
                    "views": [(False, "form")],
                }
            return list_action(
                self.env, "payroll_law_package_action", self.env._("Law Packages"), []
            )
        return super()._medical_open_action(finding)


def _by_publication(gaps):
    """Lists of what is missing, each from one publication."""
    found = {}
    for gap in gaps:
        found.setdefault((gap.document, gap.publisher, gap.url), []).append(gap)
    return found.values()
