"""Evidence about this system: sessions, who may read pay, access log, seals."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.http import get_session_max_inactivity
from odoo.tools import format_datetime

from ...core.evidence.evidence import Measure

EVERYBODY = ("base.group_user", "medical_office.core_group_staff")


class ComplianceMeasure(models.Model):
    _inherit = "medical.compliance.measure"

    @api.model
    def _medical_measure_logoff(self, measure, period):
        """Whether sessions end after no more than the minutes that the practice set."""
        minutes = get_session_max_inactivity(self.env) / 60
        is_late = minutes > measure.limit
        note = self.env._(
            "Sessions end after %(minutes)g minutes without activity; the practice asks "
            "for at most %(limit)g. Setting: sessions.max_inactivity_seconds.",
            minutes=minutes,
            limit=measure.limit,
        )
        return Measure(1, int(is_late), note)

    @api.model
    def _medical_measure_pay_access(self, measure, period):
        """Users who may read pay by a role that is meant to, of all who may."""
        rights = self.env["ir.model.access"].search(
            [("model_id.model", "=", "hr.payslip"), ("perm_read", "=", True)]
        )
        groups = rights.group_id
        # everybody reads the own payslip; a rule keeps the others from them
        for xmlid in EVERYBODY:
            groups -= self.env.ref(xmlid)
        users = self.env["res.users"].search(
            [
                ("share", "=", False),
                ("company_ids", "in", period.company.ids),
                ("all_group_ids", "in", groups.ids),
            ],
            order="login",
        )
        wrong = users.filtered(lambda one: not one.all_group_ids & measure.group_ids)
        names = ", ".join(users.mapped("name"))
        open_to_all = rights.filtered(lambda right: not right.group_id)
        return self._gaps(
            len(users) + len(open_to_all),
            [
                self.env._("the access right “%s” lets everybody read pay", right.name)
                for right in open_to_all
            ]
            + [
                self.env._("%s reads pay without one of the expected roles", one.login)
                for one in wrong
            ],
            self.env._("Who may read pay: %s.", names),
        )

    @api.model
    def _medical_measure_access_log(self, measure, period):
        """Showings of sensitive data on record; the log is there and is filled."""
        low, high = period.moments()
        rows = self.env["medical.core.opened"]._read_group(
            [
                ("company_id", "=", period.company.id),
                ("at", ">=", low),
                ("at", "<", high),
            ],
            ["user_id"],
            ["__count"],
            order="__count desc",
        )
        if not rows:
            raise UserError(
                self.env._(
                    "Nothing is in the sensitive data access log for this period. Look "
                    "at it under Compliance, Sensitive Data Access Log, and bring a file "
                    "as evidence."
                )
            )
        lines = [f"{user.name}: {count}" for user, count in rows[:20]]
        return Measure(sum(count for _user, count in rows), 0, "\n".join(lines))

    @api.model
    def _medical_measure_seals(self, measure, period):
        """Sealed records that are as they were signed, by the last verification."""
        last = self.env["medical.core.seal.verification"].search([], limit=1)
        if not last:
            raise UserError(
                self.env._(
                    "The seals were never verified. Press Verify Now under Compliance, "
                    "Proof Verification, then gather the evidence again."
                )
            )
        if last.at < period.moments()[0]:
            raise UserError(
                self.env._(
                    "The seals were last verified on %s, before this period. Press Verify "
                    "Now under Compliance, Proof Verification, then gather the evidence "
                    "again.",
                    format_datetime(self.env, last.at, dt_format="short"),
                )
            )
        still = last.difference_ids.filtered(lambda one: one.state == "open")
        note = self.env._(
            "Verified on %(at)s: seals read: %(seals)s.",
            at=format_datetime(self.env, last.at, dt_format="short"),
            seals=last.seal_count,
        )
        return self._gaps(last.record_count, still.mapped("display_name"), note)
