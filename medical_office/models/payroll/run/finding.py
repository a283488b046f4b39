"""What the preflight of a run found: fix it, or waive it with a reason."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .preflight_pay import BY_HAND


class PayrollFinding(models.Model):
    """One blocker or warning about a run. Made and removed by the preflight alone.

    A waiver holds as long as the finding says the same; another figure asks anew.
    """

    _name = "medical.payroll.finding"
    _description = "Preflight Finding"
    _inherit = ["medical.core.guard"]
    _order = "run_id, level, is_waived, code, employee_id, id"
    _reason_methods = frozenset({"action_waive"})

    run_id = fields.Many2one(
        "hr.payslip.run", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="run_id.company_id", store=True, index=True)
    employee_id = fields.Many2one("hr.employee", readonly=True, ondelete="cascade")
    code = fields.Char(required=True, readonly=True)
    level = fields.Selection(
        [("blocker", "Blocker"), ("warning", "Warning")], required=True, readonly=True
    )
    summary = fields.Text("What is wrong", required=True, readonly=True)
    can_waive = fields.Boolean(readonly=True)
    res_model = fields.Char(readonly=True)
    res_id = fields.Integer(readonly=True)
    is_waived = fields.Boolean("Waived", readonly=True)
    waive_reason = fields.Char("Reason", readonly=True)
    waived_by_id = fields.Many2one("res.users", readonly=True)
    waived_at = fields.Datetime(readonly=True)

    @api.depends("summary")
    def _compute_display_name(self):
        for finding in self:
            finding.display_name = finding.summary

    def action_fix(self):
        """Open the record where it is fixed.

        :raises UserError: there is none, or the user may not read it
        """
        self.ensure_one()
        self.check_access("read")
        if not self.res_model or self.res_model not in self.env:
            raise UserError(
                self.env._("There is no single record in which to fix this.")
            )
        record = self.env[self.res_model].browse(self.res_id or ())
        if not record.has_access("read"):
            raise UserError(
                self.env._("Your role cannot open this record. Ask payroll to fix it.")
            )
        if record:
            return record.get_formview_action()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "views": [(False, "list")],
            "target": "current",
        }

    def action_ask_waive(self):
        """Open the dialog for the reason."""
        self._check_may_waive()
        for finding in self:
            finding._check_not_own_change()
        wizard = self.env["medical.core.reason.wizard"]
        return wizard._asking(self, "action_waive", self.env._("Why can this be paid?"))

    def _check_may_waive(self):
        self.check_access("read")
        if not self.env.user.has_group("medical_office.core_group_payroll"):
            raise AccessError(self.env._("Only payroll can waive preflight findings."))

    def _check_not_own_change(self):
        """
        :raises AccessError: the user changed the bank account or the pay that the finding
            is about, or is the person whose pay it is
        """
        self.ensure_one()
        # sudo: who changed it is asked, nothing of it is shown
        finding = self.sudo()
        if self.code == "bank_changed":
            account = finding.env["medical.payroll.account"].browse(self.res_id)
            if account.exists().changed_by_id == self.env.user:
                raise AccessError(
                    self.env._(
                        "You changed this bank account: somebody else asks the person "
                        "and waives it. %s",
                        self.summary,
                    )
                )
        if self.code == BY_HAND:
            person = finding.employee_id
            written = person._pay_by_hand(finding.run_id.date_end)
            if self.env.user in written.medical_by_hand_id | person.user_id:
                raise AccessError(
                    self.env._(
                        "You wrote this pay, or it is your own: somebody else looks at "
                        "it and waives it. %s",
                        self.summary,
                    )
                )

    def action_waive(self, reason):
        """Let the run go on in spite of it; the approver reads who and why."""
        self._check_may_waive()
        reason = self._reason_given(reason)
        self.run_id._check_draft()
        for finding in self:
            if not finding.can_waive:
                raise UserError(
                    self.env._(
                        "This cannot be waived, it must be fixed: %s", finding.summary
                    )
                )
            finding._check_not_own_change()
        # sudo: rows of the preflight: nobody writes them by hand, the step is checked above
        self.sudo()._pen().write(
            {
                "is_waived": True,
                "waive_reason": reason,
                "waived_by_id": self.env.uid,
                "waived_at": fields.Datetime.now(),
            }
        )
        for run, findings in self.grouped("run_id").items():
            run._message_log(
                body=self.env._(
                    "Waived: %(what)s. Reason: %(reason)s",
                    what="; ".join(f.summary.rstrip(".") for f in findings),
                    reason=reason,
                )
            )
