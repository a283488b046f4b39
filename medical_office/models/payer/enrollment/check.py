"""What is wrong with enrollments: stalled, or effective while claims are still held."""

from odoo import api, fields, models
from odoo.tools import format_date

from ....engine.core.amounts import amount_text
from ....models.core.check.answerable import Answerable, finding
from ....models.core.check.check import CheckResult
from .enrollment import PENDING

STALL_DAYS = 30
OVER = {"planned": "date_start", "gathering": "date_submit"}


class PayerEnrollment(models.Model):
    _inherit = "medical.payer.enrollment"

    def _medical_answerable(self):
        """Who is responsible for it; the site's manager steps in."""
        # sudo: who answers is named, whoever looks
        own = self.sudo()
        return Answerable(
            user_id=own.user_id.id or own.payer_id.user_id.id,
            backup_id=own.site_id.medical_manager_id.id,
            department_id=False,
            company_id=own.company_id.id,
        )

    @api.model
    def _medical_check_stalled(self):
        """Pending enrollments that are late by their plan, or that nobody has followed up.

        The money held stands with each of them, so that the cockpit adds it up.
        """
        today = fields.Date.context_today(self)
        pending = self.search([("state", "in", PENDING)])
        quiet = fields.Date.subtract(today, days=STALL_DAYS)
        money = {
            row["enrollment_id"]: row["money"]
            for row in self.env["medical.payer.held"]._rows(pending.company_id)
        }
        rows = []
        for enrollment in pending:
            text = enrollment._stalled_text(today, quiet, money.get(enrollment.id, 0))
            if text:
                held = float(money.get(enrollment.id, 0))
                rows.append(
                    finding(
                        enrollment,
                        text,
                        money_at_risk=held,
                        severity="high" if held else None,
                    )
                )
        return CheckResult(len(pending), rows)

    def _stalled_text(self, today, quiet, money):
        """What is late, as a sentence; "" where nothing is."""
        self.ensure_one()
        _ = self.env._
        who = self.display_name
        text = ""
        plan_field = OVER.get(self.state)
        if plan_field and self[plan_field] < today:
            day = format_date(self.env, self[plan_field])
            text = (
                _("%(who)s: should have been started by %(day)s.", who=who, day=day)
                if self.state == "planned"
                else _(
                    "%(who)s: should have been submitted by %(day)s.", who=who, day=day
                )
            )
        elif self.state == "returned":
            text = _("%s: the payer returned it. Correct and submit it again.", who)
        elif self.next_touch and self.next_touch < today:
            day = format_date(self.env, self.next_touch)
            text = _("%(who)s: follow-up was due on %(day)s.", who=who, day=day)
        elif (
            not self.next_touch
            and self.submitted_on
            and self.submitted_on < quiet
            and self.state in ("submitted", "in_review")
        ):
            day = format_date(self.env, self.submitted_on)
            text = _(
                "%(who)s: submitted on %(day)s, and no follow-up is planned.",
                who=who,
                day=day,
            )
        elif self.date_needed <= today and money:
            day = format_date(self.env, self.date_needed)
            text = _(
                "%(who)s: needed since %(day)s and not effective.", who=who, day=day
            )
        if text and money:
            text += " " + _(
                "Money held: %s.",
                amount_text(self.env, money, self.currency_id),
            )
        return text

    @api.model
    def _medical_check_claims(self):
        """Effective enrollments whose claims are still held."""
        today = fields.Date.context_today(self)
        held = self.search(
            [
                ("state", "=", "effective"),
                ("claims", "=", "held"),
                ("date_effective", "<=", today),
            ]
        )
        money = {
            row["enrollment_id"]: row["money"]
            for row in self.env["medical.payer.held"]._rows(held.company_id)
        }
        rows = [
            finding(
                enrollment,
                self.env._(
                    "%(who)s is effective since %(day)s and its claims are still held. "
                    "Release them.",
                    who=enrollment.display_name,
                    day=format_date(self.env, enrollment.date_effective),
                ),
                money_at_risk=float(money.get(enrollment.id, 0)),
            )
            for enrollment in held
        ]
        return CheckResult(self.search_count([("state", "=", "effective")]), rows)
