"""Preflight: pay that nobody approved, because it was written by hand."""

from odoo import SUPERUSER_ID, models
from odoo.tools import format_date

from ....engine.core.amounts import amount_text

BY_HAND = "pay_by_hand"


class HrPayslipRun(models.Model):
    _inherit = "hr.payslip.run"

    def _preflight_by_hand(self):
        """Versions up to the end of the run in which agreed pay was written over."""
        units = dict(self.env["hr.version"]._fields["medical_wage_per"].selection)
        slips = {slip.employee_id: slip for slip in self.slip_ids}
        for version in self.slip_ids.employee_id._pay_by_hand(self.date_end):
            agreed, now = (
                self.env._(
                    "%(amount)s (%(unit)s)",
                    amount=amount_text(self.env, pay.amount),
                    unit=units[pay.per],
                )
                for pay in (version._pay_agreed(), version._pay_written())
            )
            text = self.env._(
                "pay from %(start)s on was changed by hand from %(agreed)s to %(now)s by "
                "%(user)s on %(day)s, without an approved offer, raise or pay review. "
                "Enter it as a raise from that day and have it approved, put back what "
                "was agreed, or have somebody else waive this.",
                start=format_date(self.env, version.date_version),
                agreed=agreed,
                now=now,
                user=version.medical_by_hand_id.name,
                day=format_date(self.env, version.medical_by_hand_at),
            )
            yield self._of(slips[version.employee_id], BY_HAND, "blocker", text)

    def _agree_by_hand(self):
        """What somebody else waived and the director approved is agreed from now on."""
        self.ensure_one()
        # sudo: who posts need not read the findings
        waived = self.sudo().medical_finding_ids.filtered(
            lambda finding: finding.code == BY_HAND and finding.is_waived
        )
        since = {one.employee_id: one.waived_at for one in waived.sorted("waived_at")}
        # what was written after the waiver is looked at in the next run
        waived.employee_id._pay_by_hand(self.date_end).filtered(
            lambda version: version.medical_by_hand_at <= since[version.employee_id]
        ).with_user(SUPERUSER_ID).medical_by_hand_id = False
