"""What is wrong with screening: no list, an old one, a month missed, open matches."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from ...core.check.answerable import finding
from ...core.check.check import CheckResult, CheckRow

OLD_DAYS = 45  # OIG publishes a new list each month


class ComplianceExclusionScreening(models.Model):
    _inherit = "medical.compliance.exclusion.screening"

    @api.model
    def _medical_check_missed(self):
        """Months without a screening or signature, and lists that are missing or old."""
        rows, looked = [], 0
        lists = self.env["medical.compliance.exclusion.list"]._in_force()
        for company in self._practices():
            looked += 1
            rows += self._list_rows(company, lists)
            month = self._month_of(company)
            today = company._medical_today()
            before = (month - timedelta(days=1)).replace(day=1)
            done = self.search([("company_id", "=", company.id)])
            months = set(done.mapped("month"))
            if lists and month not in months:
                if today >= self._late_from(month):
                    rows.append(self._missed_row(company, month, "high"))
                # a month that went by is missed until everybody is screened again
                if months and before not in months and min(months) < before:
                    rows.append(self._missed_row(company, before, "high"))
            rows += [
                finding(
                    one,
                    self.env._(
                        "The screening of %s is not signed. Resolve its matches, "
                        "then sign it.",
                        format_date(self.env, one.month, date_format="MMMM y"),
                    ),
                )
                for one in done
                if one.state == "done" and one.month < month
            ]
        return CheckResult(looked, rows)

    @api.model
    def _missed_row(self, company, month, severity):
        return CheckRow(
            "res.company",
            company.id,
            self.env._(
                "Nobody was screened for exclusion in %s. Screen everybody now.",
                format_date(self.env, month, date_format="MMMM y"),
            ),
            severity=severity,
            user_id=self._keeper(company),
            company_id=company.id,
            key=f"missed/{month}",
        )

    @api.model
    def _keeper(self, company):
        """Who screens: the HR officer; an id."""
        return self.env["medical.people.document"]._medical_keeper(company).id

    @api.model
    def _list_rows(self, company, lists):
        today = fields.Date.context_today(self)
        leie = lists.filtered(lambda one: one.source == "leie")
        latest = max(leie.mapped("date_list"), default=None)
        if latest and latest >= today - timedelta(days=OLD_DAYS):
            return []
        text = (
            self.env._(
                "The OIG list is of %s. Import this month's UPDATED.csv.",
                format_date(self.env, latest),
            )
            if latest
            else self.env._(
                "No OIG exclusion list has been imported: nobody is screened. Import "
                "UPDATED.csv."
            )
        )
        return [
            CheckRow(
                "res.company",
                company.id,
                text,
                user_id=self._keeper(company),
                company_id=company.id,
                key="list",
            )
        ]


class ComplianceExclusionMatch(models.Model):
    _inherit = "medical.compliance.exclusion.match"

    @api.model
    def _medical_check_unresolved(self):
        """Matches that wait for an answer, and excluded parties still with us."""
        rows = []
        matches = self.search([("state", "in", ("open", "answered", "confirmed"))])
        for party, own in matches.grouped("party_id").items():
            confirmed = own.filtered(lambda match: match.state == "confirmed")
            words = {"who": party.name, "score": max(own.mapped("score"))}
            if confirmed and party.active:
                text = self.env._(
                    "%(who)s is excluded (confirmed). End the relation, or have the "
                    "match looked up again.",
                    **words,
                )
                severity = "critical"
            elif confirmed:
                continue
            else:
                text = self.env._(
                    "%(who)s may stand on an exclusion list (score %(score)s). Answer "
                    "the match.",
                    **words,
                )
                severity = None
            rows.append(
                finding(party, text, severity=severity, company_id=party.company_id.id)
            )
        return CheckResult(len(matches), rows)


class ComplianceExclusionParty(models.Model):
    _inherit = "medical.compliance.exclusion.party"

    def _medical_open_action(self, finding=None):
        """A finding about a party is dealt with in its matches."""
        self.ensure_one()
        return self.action_matches() if self.match_ids else self.get_formview_action()


class ResCompany(models.Model):
    _inherit = "res.company"

    def _medical_open_action(self, finding=None):
        """What is wrong with the practice's screening is dealt with there."""
        self.ensure_one()
        if finding and finding.check_id.code == "compliance_exclusion_missed":
            return self.env["ir.actions.act_window"]._for_xml_id(
                "medical_office.compliance_exclusion_screening_action"
            )
        return super()._medical_open_action(finding)
