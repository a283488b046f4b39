"""What is fixed of a payslip and its parts, by its own state and by that of its run."""

from odoo import models
from odoo.exceptions import UserError

from ...core.mixins.guard import ALL

# what a slip is about: fixed once it is computed
FACTS = frozenset(
    {
        "employee_id",
        "contract_id",
        "struct_id",
        "company_id",
        "date_from",
        "date_to",
        "credit_note",
        "input_line_ids",
        "worked_days_line_ids",
    }
)
LINES = frozenset({"line_ids"})  # of the calculation, in any state


class HrPayslip(models.Model):
    """Slips of a submitted run stay as they are; a US slip is confirmed by its run."""

    _name = "hr.payslip"
    _inherit = ["hr.payslip", "medical.core.guard"]

    _program_fields = frozenset(
        {"state", "number", "compute_date", "paid", "refunded_id", "line_ids"}
    )
    _free_fields = frozenset({"hide_child_lines", "hide_invisible_lines"})
    _locked = {"draft": LINES, "verify": FACTS | LINES, "done": ALL, "cancel": ALL}
    _locked_by = ("payslip_run_id",)
    _deletable_in = ("draft", "cancel")

    def _program_error(self, name):
        """The state says which step is due instead."""
        if name == "state":
            self.payslip_run_id._check_draft()
            self._check_not_us()
        return super()._program_error(name)

    def _locked_message(self, name):
        if name in LINES:
            return self.env._(
                "Payslip lines come from the calculation only: change the data it is "
                "based on, then compute the payslip."
            )
        return super()._locked_message(name)

    def _kept_message(self):
        return self.env._(
            "%s is not draft or rejected and stays on record.", self.display_name
        )

    def _check_changeable(self):
        """
        :raises UserError: the run of a slip is submitted already
        """
        self.check_access("write")
        self.payslip_run_id._check_draft()

    def _us_slips(self):
        """Those of ``self`` that the US calculator works out, or has worked out."""
        return self.filtered(
            lambda slip: (
                slip.payslip_run_id.medical_is_us
                or slip._is_us()
                or slip.medical_item_ids
            )
        )

    def _check_not_us(self):
        """
        :raises UserError: there is a US slip: its run is approved before it is confirmed
        """
        for slip in self._us_slips()[:1]:
            if run := slip.payslip_run_id:
                raise UserError(
                    self.env._(
                        (
                            "The payslip of %(who)s is confirmed with its pay run "
                            "“%(run)s”."
                        ),
                        who=slip.employee_id.name,
                        run=run.name,
                    )
                )
            raise UserError(
                self.env._(
                    "The payslip of %s can be confirmed only in a pay run, which the "
                    "director approves: add it to one.",
                    slip.employee_id.name,
                )
            )

    def action_payslip_cancel(self):
        self._check_changeable()
        return super(HrPayslip, self._pen()).action_payslip_cancel()

    def refund_sheet(self):
        """OCA's way back, for slips of other structures."""
        self.check_access("write")
        if ours := self._us_slips():
            raise UserError(
                self.env._(
                    "To reverse the payslip of %s, void it.",
                    ours[0].employee_id.name,
                )
            )
        return super(HrPayslip, self._pen()).refund_sheet()

    def copy(self, default=None):
        """OCA copies the lines along: the pen is lent once the values are checked."""
        self._check_birth(dict(default or {}))
        copies = super(HrPayslip, self._pen()).copy(default).with_env(self.env)
        copies._check_parents()
        return copies


class HrPayslipWorkedDays(models.Model):
    """Locked with its slip, and by that with its run."""

    _name = "hr.payslip.worked_days"
    _inherit = ["hr.payslip.worked_days", "medical.core.guard"]
    _locked_by = ("payslip_id",)


class HrPayslipInput(models.Model):
    """Locked with its slip, and by that with its run."""

    _name = "hr.payslip.input"
    _inherit = ["hr.payslip.input", "medical.core.guard"]
    _locked_by = ("payslip_id",)
