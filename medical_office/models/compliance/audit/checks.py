"""What the register looks for: audits that are due or late, and no doubled failures."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from ...core.check.answerable import finding
from ...core.check.check import CheckResult

OPEN_STATES = ("planned", "in_progress")
DUE_DAYS = 30


class CoreRound(models.Model):
    _inherit = "medical.core.round"

    @api.model
    def _medical_check_audit_due(self):
        """Audits due within 30 days and not begun, and all that are late."""
        now = fields.Datetime.now()
        coming = self.search(
            [
                ("is_audit", "=", True),
                ("state", "in", OPEN_STATES),
                ("date_due", "<=", now + timedelta(days=DUE_DAYS)),
            ]
        )
        rows = []
        for audit in coming:
            words = {
                "audit": audit.schedule_id.name,
                "day": format_date(self.env, audit.day_due),
            }
            if audit.day_due < audit.company_id._medical_today():
                rows.append(
                    finding(
                        audit,
                        self.env._(
                            "The audit “%(audit)s” was due on %(day)s and is not signed",
                            **words,
                        ),
                        severity="high",
                        date_due=audit.date_due,
                    )
                )
            elif audit.state == "planned":
                rows.append(
                    finding(
                        audit,
                        self.env._(
                            "The audit “%(audit)s” is due on %(day)s and not begun",
                            **words,
                        ),
                        severity="medium",
                        date_due=audit.date_due,
                    )
                )
        looked_at = self.search_count([("is_audit", "=", True)])
        return CheckResult(looked_at, rows)


class CoreRoundLine(models.Model):
    _inherit = "medical.core.round.line"

    @api.model
    def _medical_check_failed(self):
        """Failed lines of audits are followed up as findings, not here."""
        found = super()._medical_check_failed()
        failed = self.search(
            [
                ("id", "in", [row.res_id for row in found.rows]),
                ("round_id.is_audit", "=", True),
            ]
        )
        audits = set(failed.ids)
        return found._replace(
            rows=[row for row in found.rows if row.res_id not in audits]
        )
