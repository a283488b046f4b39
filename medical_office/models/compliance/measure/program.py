"""Evidence of the compliance program itself: screening, agreements, policies, findings."""

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ....engine.core.labels import labels_of
from ...core.evidence.evidence import Measure


class ComplianceMeasure(models.Model):
    _inherit = "medical.compliance.measure"

    @api.model
    def _medical_measure_screening(self, measure, period):
        """Months with a signed exclusion screening, of the months of the period."""
        month, months = period.first.replace(day=1), []
        while month <= period.last:
            months.append(month)
            month += relativedelta(months=1)
        screenings = self.env["medical.compliance.exclusion.screening"].search(
            [("company_id", "=", period.company.id), ("month", "in", months)]
        )
        if not screenings:
            raise UserError(
                self.env._(
                    "Nobody was screened in this period. Import the list and screen "
                    "under Compliance, Exclusion Screening."
                )
            )
        states = {one.month: one.state for one in screenings}
        words = {None: self.env._("missing"), "done": self.env._("not signed")}
        gaps = [
            f"{format_date(self.env, month, date_format='MMMM y')}: "
            f"{words[states.get(month)]}"
            for month in months
            if states.get(month) != "signed"
        ]
        return self._gaps(len(months), gaps)

    @api.model
    def _medical_measure_agreements(self, measure, period):
        """Business associates with a verified agreement in force."""
        associates = self.env["medical.compliance.associate"].search(
            [("company_id", "=", period.company.id)]
        )
        if not associates:
            raise UserError(
                self.env._(
                    "No business associate is on record. Enter who handles health "
                    "information under Compliance, Business Associates."
                )
            )
        labels = labels_of(associates, "agreement_status")
        gaps = [
            f"{one.display_name}: {labels[one.agreement_status]}"
            for one in associates
            if one.agreement_status not in ("in_force", "ending")
        ]
        return self._gaps(len(associates), gaps)

    @api.model
    def _medical_measure_policies(self, measure, period):
        """Policies read, of those that people were asked to read in the period."""
        rows = self.env["medical.compliance.campaign.reader"].search(
            [
                ("company_id", "=", period.company.id),
                ("campaign_id.state", "in", ("running", "closed")),
                ("date_due", ">=", period.first),
                ("date_due", "<=", period.last),
                *self._of_people_here(period, "user_id.employee_ids"),
            ]
        )
        if not rows:
            raise UserError(
                self.env._(
                    "Nobody was asked to read a policy in this period. Start a campaign "
                    "under Compliance, Policies, or bring a file as evidence."
                )
            )
        missing = rows.filtered(lambda row: not row.acknowledged_at)
        return self._gaps(
            len(rows),
            [f"{row.user_id.name}: {row.campaign_id.display_name}" for row in missing],
        )

    @api.model
    def _medical_measure_findings(self, measure, period):
        """Audit findings closed by their due day, of those due in the period."""
        due = self.env["medical.compliance.audit.finding"].search(
            [
                ("company_id", "=", period.company.id),
                ("state", "!=", "withdrawn"),
                ("date_due", ">=", period.first),
                ("date_due", "<=", period.last),
                *period.at_site_or_all("site_id"),
            ]
        )
        late = due.filtered(
            lambda one: (
                period.day_of(one.closed_at) > one.date_due
                if one.state in ("closed", "accepted") and one.closed_at
                else one.state not in ("closed", "accepted")
            )
        )
        return self._gaps(
            len(due),
            late.mapped("display_name"),
            "" if due else self.env._("No finding was due."),
        )

    @api.model
    def _medical_measure_risk_analysis(self, measure, period):
        """Whether a risk analysis was signed in the period."""
        signed = self.env["medical.compliance.risk.analysis"].search(
            [
                ("company_id", "=", period.company.id),
                ("state", "=", "signed"),
                ("date", ">=", period.first),
                ("date", "<=", period.last),
            ]
        )
        text = "\n".join(signed.mapped("display_name")) or self.env._(
            "No risk analysis was signed in this period."
        )
        return Measure(1, 0 if signed else 1, text)
