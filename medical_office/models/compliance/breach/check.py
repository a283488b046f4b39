"""Clocks of a breach: they run from the discovery, whoever has approved what."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from ...core.check.answerable import Answerable, finding
from ...core.check.check import CheckResult

ASSESS_DAYS = 14  # a draft older than this is told
AHEAD_DAYS = 20  # a notice is told of this long before its day


class ComplianceBreach(models.Model):
    _inherit = "medical.compliance.breach"

    def _medical_answerable(self):
        """The first compliance officer, else the director."""
        officers = self.env["medical.compliance.incident"]._officers(self.company_id)
        return Answerable(officers[:1].id, officers[1:2].id, False, self.company_id.id)

    @api.model
    def _medical_check_clocks(self):
        """Assessments that take long, and notices whose day comes or has passed."""
        today = fields.Date.context_today(self)
        open_ones = self.search([("state", "!=", "closed")])
        rows = []
        for breach in open_ones:
            if breach.state in ("draft", "signed"):
                age = (today - breach.discovered_on).days
                if age >= ASSESS_DAYS:
                    rows.append(breach._late_row(age))
                continue
            rows += [
                finding(
                    breach,
                    self.env._(
                        "Breach %(number)s: %(notice)s, due %(due)s",
                        number=breach.id,
                        notice=line.display_name,
                        due=format_date(self.env, line.due) or self.env._("not known"),
                    ),
                    date_due=line.due or today,
                    key=f"notice-{line.id}",
                )
                for line in breach.notice_ids
                if not line.done_on
                and not line.waits_for
                and (not line.due or line.due - timedelta(days=AHEAD_DAYS) <= today)
            ]
        return CheckResult(len(open_ones), rows)

    def _late_row(self, age):
        """An assessment that nobody approved. One that would need no notice is told as
        well: until it is approved, a breach is presumed (164.402(2))."""
        self.ensure_one()
        text = self.env._(
            "Breach assessment %(number)s is not approved, day %(days)s",
            number=self.id,
            days=age,
        )
        if self.due_first:
            text = self.env._(
                "Breach assessment %(number)s is not approved, day %(days)s; people may "
                "have to be told by %(due)s",
                number=self.id,
                days=age,
                due=format_date(self.env, self.due_first),
            )
        return finding(self, text, date_due=self.due_first or None, key="assessment")
