"""Attestations and revalidations that are due, with what a lapse would cost."""

from odoo import api, fields, models
from odoo.tools import format_date

from ....engine.core.amounts import amount_text
from ....models.core.check.answerable import Answerable, finding
from ....models.core.check.check import CheckResult

# how many days ahead it is said
AHEAD = {"caqh": 21, "recredential": 120, "medicare": 180, "medicaid": 120}


class PayerClock(models.Model):
    _inherit = "medical.payer.clock"

    def _medical_answerable(self):
        return Answerable(
            user_id=self.user_id.id or self.payer_id.user_id.id,
            backup_id=False,
            department_id=False,
            company_id=self.company_id.id,
        )

    @api.model
    def _medical_check_attestation(self):
        """CAQH attestations that are due within three weeks, or over."""
        return self._due_rows(("caqh",))

    @api.model
    def _medical_check_revalidation(self):
        """Recredentialing and revalidation that come due, or are over."""
        return self._due_rows(("recredential", "medicare", "medicaid"))

    @api.model
    def _due_rows(self, kinds):
        today = fields.Date.context_today(self)
        clocks = self.search(
            [
                ("kind", "in", kinds),
                ("is_latest", "in", [True]),
                ("provider_id.active", "=", True),
            ]
        )
        rows = []
        for clock in clocks:
            ahead = fields.Date.subtract(
                clock.date_due or today, days=AHEAD[clock.kind]
            )
            if not clock.date_due or ahead > today:
                continue
            over = clock.date_due < today
            words = {
                "what": clock.display_name,
                "day": format_date(self.env, clock.date_due),
                "cost": amount_text(self.env, clock.lapse_day, clock.currency_id),
            }
            text = (
                self.env._("%(what)s: was due on %(day)s.", **words)
                if over
                else self.env._("%(what)s: due on %(day)s.", **words)
            )
            if clock.lapse_day:
                text += " " + self.env._("A lapse costs %(cost)s each day.", **words)
            if not clock.is_checked:
                text += " " + self.env._(
                    "The interval was not checked at its source: compare the notice."
                )
            rows.append(
                finding(
                    clock,
                    text,
                    severity="high" if over else None,
                    money_at_risk=clock.lapse_cost,
                    date_due=clock.date_due,
                )
            )
        return CheckResult(len(clocks), rows)
