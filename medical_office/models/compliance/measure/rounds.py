"""Evidence from rounds: done in time of those that were due."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ....engine.core.labels import labels_of


class ComplianceMeasure(models.Model):
    _inherit = "medical.compliance.measure"

    @api.model
    def _medical_measure_rounds(self, measure, period):
        """Rounds signed within their window, of those due in the period."""
        low, high = period.moments()
        domain = [
            ("company_id", "=", period.company.id),
            ("is_audit", "=", False),
            ("date_due", ">=", low),
            ("date_due", "<", min(high, fields.Datetime.now())),
            *period.at_site("site_id"),
            *(
                [("checklist_id", "in", measure.checklist_ids.ids)]
                if measure.checklist_ids
                else []
            ),
        ]
        rounds = self.env["medical.core.round"]
        due = rounds.search_count(domain)
        if not due:
            raise UserError(
                self.env._(
                    "“%(measure)s”: no round was due from %(first)s to %(last)s. Create "
                    "its schedule under Rounds, or mark the item as not applicable.",
                    measure=measure.name,
                    first=format_date(self.env, period.first),
                    last=format_date(self.env, period.last),
                )
            )
        bad = rounds.search(
            [*domain, "|", ("state", "!=", "done"), ("missed_at", "!=", False)],
            order="date_due",
        )
        open_ones = bad.filtered(
            lambda one: (
                one.state in ("planned", "in_progress")
                and one.date_late > fields.Datetime.now()
            )
        )
        states = labels_of(rounds, "state")
        gaps = [
            self.env._(
                "%(round)s: %(state)s",
                round=one.display_name,
                state=self._round_gap(one, states),
            )
            for one in bad - open_ones
        ]
        return self._gaps(due - len(open_ones), gaps)

    @api.model
    def _round_gap(self, one, states):
        if one.is_excused:
            return self.env._("missed, excused: %s", one.excuse_reason)
        if one.state == "done":
            return self.env._("done late")
        return states[one.state].lower()

    @api.model
    def _medical_measure_audits(self, measure, period):
        """Audits signed by their due day, of those due in the period."""
        low, high = period.moments()
        audits = (
            self.env["medical.core.round"]
            .search(
                [
                    ("company_id", "=", period.company.id),
                    ("is_audit", "=", True),
                    ("date_due", ">=", low),
                    ("date_due", "<", high),
                    *period.at_site_or_all("site_id"),
                ],
                order="date_due",
            )
            .filtered(lambda one: one.state == "done" or one.day_due < period.last)
        )
        if not audits:
            raise UserError(
                self.env._(
                    "No audit was due in this period. Plan them under Compliance, "
                    "Audits, Audit Program."
                )
            )
        late = audits.filtered(
            lambda one: (
                one.state != "done" or period.day_of(one.signed_at) > one.day_due
            )
        )
        return self._gaps(len(audits), late.mapped("display_name"))
