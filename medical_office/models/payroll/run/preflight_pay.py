"""Preflight: pay that nobody approved, because it was written by hand."""

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ....engine.core.amounts import amount_text
from .preflight import Found

BY_HAND = "pay_by_hand"
FIRST = "pay_first"
# first pays that are named each by itself; more are one line, which names so many
FEW, NAMED = 5, 20


class HrPayslipRun(models.Model):
    _inherit = "hr.payslip.run"

    medical_first_pay = fields.Text(
        "First Pay",
        compute="_compute_first_pay",
        compute_sudo=True,
        groups="medical_office.core_group_payroll,medical_office.core_group_director",
    )

    @api.depends("medical_finding_ids.code", "medical_finding_ids.summary")
    def _compute_first_pay(self):
        """What the approval of the run agrees to besides."""
        for run in self:
            found = run.medical_finding_ids.filtered(lambda one: one.code == FIRST)
            run.medical_first_pay = "\n".join(found.mapped("summary"))

    def _preflight_by_hand(self):
        """Versions up to the end of the run in which agreed pay was written over, and
        first pay that nobody else agreed to."""
        slips = {slip.employee_id: slip for slip in self.slip_ids}
        by_hand = self.slip_ids.employee_id._pay_by_hand(self.date_end)
        first = by_hand.filtered(lambda version: version._is_first_pay())
        if len(first) > FEW:
            yield self._of_many_first(first)
        else:
            for version in first:
                yield self._of_first(slips[version.employee_id], version)
        for version in by_hand - first:
            agreed = self._pay_text(version._pay_agreed())
            now = self._pay_text(version._pay_written())
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

    def _pay_text(self, pay):
        units = dict(self.env["hr.version"]._fields["medical_wage_per"].selection)
        return self.env._(
            "%(amount)s (%(unit)s)",
            amount=amount_text(self.env, pay.amount),
            unit=units[pay.per],
        )

    def _of_first(self, slip, version):
        text = self.env._(
            "first pay from %(start)s on, %(now)s, was entered by %(user)s on %(day)s "
            "without an approved offer. Whoever approves this run agrees to it.",
            start=format_date(self.env, version.date_version),
            now=self._pay_text(version._pay_written()),
            user=version.medical_by_hand_id.name,
            day=format_date(self.env, version.medical_by_hand_at),
        )
        return self._of(slip, FIRST, "warning", text, can_waive=False)

    def _of_many_first(self, versions):
        """One line for all of them: opening staff, imported on the first day."""
        ordered = versions.sorted(lambda one: one.employee_id.name)
        what = [
            self.env._(
                "%(who)s %(pay)s",
                who=version.employee_id.name,
                pay=self._pay_text(version._pay_written()),
            )
            for version in ordered[:NAMED]
        ]
        if more := len(ordered[NAMED:].employee_id):
            what.append(self.env._("and %s more, see People", more))
        text = self.env._(
            "First pay of %(count)s people was entered by %(users)s without approved "
            "offers. Whoever approves this run agrees to it: %(what)s.",
            count=len(versions.employee_id),
            users=", ".join(versions.medical_by_hand_id.mapped("name")),
            what="; ".join(what),
        )
        return Found(FIRST, "warning", text, can_waive=False)

    def _first_pay(self):
        """First pay that the run pays and nobody else agreed to."""
        self.ensure_one()
        # sudo: who approves or posts need not read wages
        people = self.sudo().slip_ids.employee_id
        return people._pay_by_hand(self.date_end).filtered(
            lambda version: version._is_first_pay()
        )

    def _check_first_pay(self):
        """
        :raises UserError: who approves the run wrote first pay that it pays
        """
        own = self._first_pay().filtered(
            lambda version: version.medical_by_hand_id == self.env.user
        )
        if own:
            raise UserError(
                self.env._(
                    "You entered the first pay of %(who)s, and nobody else has agreed to "
                    "it. Another director approves %(run)s; or somebody else enters it as "
                    "a raise, which you approve.",
                    who=", ".join(own.employee_id.mapped("name")),
                    run=self.name,
                )
            )

    def _agree_by_hand(self):
        """What somebody else waived and the director approved is agreed from now on, and
        first pay as it stood when the approved run was submitted."""
        self.ensure_one()
        # what was written afterwards is looked at in the next run
        self._first_pay().filtered(
            lambda version: version.medical_by_hand_at <= self.medical_submitted_at
        ).with_user(SUPERUSER_ID).medical_by_hand_id = False
        # sudo: who posts need not read the findings
        waived = self.sudo().medical_finding_ids.filtered(
            lambda finding: finding.code == BY_HAND and finding.is_waived
        )
        since = {one.employee_id: one.waived_at for one in waived.sorted("waived_at")}
        # what was written after the waiver is looked at in the next run
        waived.employee_id._pay_by_hand(self.date_end).filtered(
            lambda version: version.medical_by_hand_at <= since[version.employee_id]
        ).with_user(SUPERUSER_ID).medical_by_hand_id = False
