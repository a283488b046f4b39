"""How far people are in the cycle of each credential that asks for education."""

from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.tools.misc import format_date

from ....tools.people.credential.education import Course, progress
from ...core.check.answerable import finding
from ...core.check.check import CheckResult


class CoreCredential(models.Model):
    _inherit = "medical.core.credential"

    education_status = fields.Char(
        "Continuing Education",
        compute="_compute_education_status",
        help="Accepted hours of the cycle that ends with this term.",
    )

    @api.depends("type_id", "state_id", "date_to", "user_id", "company_id")
    def _compute_education_status(self):
        found = self._education()
        for credential in self:
            rows = found.get(credential.id, ())
            credential.education_status = (
                "; ".join(self._education_words(*row) for row in rows) or False
            )

    def _education(self):
        """{credential id: [(rule, Progress)]} of those that a rule asks hours for.

        Three queries, however many credentials.
        """
        terms = self.filtered(
            lambda one: one.user_id and one.date_to and one.state != "void"
        )
        # sudo: rules and hours are counted for whoever may read the credential
        env = self.sudo().env
        rules = env["medical.people.education.rule"].search(
            [("type_id", "in", terms.type_id.ids)]
        )
        if not rules:
            return {}
        rules.line_ids.fetch(["category_id", "hours"])
        courses = {}
        for row in env["medical.people.education"].search_fetch(
            [("user_id", "in", terms.user_id.ids), ("state", "=", "accepted")],
            ["user_id", "date", "hours", "category_id"],
        ):
            courses.setdefault(row.user_id.id, []).append(
                Course(row.date, _exact(row.hours), row.category_id.id)
            )
        found = {}
        by_type = rules.grouped("type_id")
        for one in terms.sudo():  # sudo: as above
            for rule in by_type.get(one.type_id, rules.browse()):
                if rule._fits(one):
                    found.setdefault(one.id, []).append(
                        (
                            rule,
                            progress(
                                courses.get(one.user_id.id, ()),
                                one.date_to,
                                rule.cycle_months,
                                _exact(rule.hours),
                                {
                                    line.category_id.id: _exact(line.hours)
                                    for line in rule.line_ids
                                },
                            ),
                        )
                    )
        return found

    def _education_words(self, rule, found):
        """“12 of 30 hours since 01/01/2025; missing: Ethics 2”."""
        words = self.env._(
            "%(earned)g of %(asked)g hours since %(first)s",
            earned=found.earned,
            asked=found.asked,
            first=format_date(self.env, found.first),
        )
        lacking = [
            f"{line.category_id.name} {found.lacking[line.category_id.id]:g}"
            for line in rule.line_ids
            if line.category_id.id in found.lacking
        ]
        if lacking:
            words = self.env._(
                "%(words)s, missing: %(what)s",
                words=words,
                what=", ".join(lacking),
            )
        return words

    def _education_severity(self, rule, today):
        """A rule that nobody compared with the board gives a remark; else by the days."""
        if not rule._is_sure():
            return "low"
        return "high" if self.date_to - timedelta(days=30) <= today else None

    @api.model
    def _medical_check_education(self):
        """Credentials that end within their lead, with hours of the cycle missing."""
        today = fields.Date.context_today(self)
        ending = self._ending(today).filtered("user_id")
        found = ending._education()
        answers = ending._medical_answerables()
        rows = [
            finding(
                credential,
                self.env._(
                    "Continuing education for “%(what)s” of %(who)s: %(words)s",
                    what=credential.type_id.name,
                    who=credential.user_id.name,
                    words=credential._education_words(rule, standing)
                    if rule._is_sure()
                    else self.env._(
                        "%(words)s. Compare the rule with the board: %(citation)s",
                        words=credential._education_words(rule, standing),
                        citation=rule.citation,
                    ),
                ),
                answers[credential],
                date_due=credential.date_to,
                severity=credential._education_severity(rule, today),
                key=f"education-{rule.id}",
            )
            for credential in ending
            for rule, standing in found.get(credential.id, ())
            if not standing.is_done
        ]
        return CheckResult(len(found), rows)


def _exact(hours):
    """Hours as typed, not as a binary fraction."""
    return Decimal(str(hours))
