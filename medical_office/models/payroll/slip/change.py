"""What changed since a person's last pay, and why."""

from odoo import api, fields, models
from odoo.tools import SQL

from ....engine.core.amounts import change_text
from ....tools.money import money
from ....tools.payroll.books.paychange import Figure, Why, causes

SHOWN = 3  # causes told in the list; the slip has all of them


class HrPayslip(models.Model):
    _inherit = "hr.payslip"

    medical_previous_id = fields.Many2one(
        "hr.payslip", "Last Payslip", compute="_compute_medical_change"
    )
    medical_previous_net = fields.Monetary(
        "Last Net", compute="_compute_medical_change"
    )
    medical_change = fields.Monetary("Change", compute="_compute_medical_change")
    medical_change_text = fields.Char("Reason", compute="_compute_medical_change")

    @api.depends("medical_date_pay", "line_ids.total")
    def _compute_medical_change(self):
        previous = self._previous_ids()
        figures = self._figures_by_slip(self | self.browse(previous.values()))
        # read together, not one after the other
        together = tuple(previous.values())
        for slip in self:
            last = self.browse(previous.get(slip.id)).with_prefetch(together)
            slip.medical_previous_id = last
            slip.medical_previous_net = last.medical_net
            slip.medical_change = slip.medical_net - last.medical_net if last else 0
            slip.medical_change_text = (
                self._change_text(figures.get(last.id, {}), figures.get(slip.id, {}))
                if last
                else self.env._("first paycheck")
            )

    def _previous_ids(self):
        """{slip id: id of the slip that the person was paid last before it}."""
        if not self.ids:
            return {}
        self.flush_model(["employee_id", "medical_date_pay", "state", "medical_kind"])
        # ids only: the slips are read as the user
        return dict(
            self.env.execute_query(
                SQL(
                    """SELECT DISTINCT ON (slip.id) slip.id, last.id
                         FROM hr_payslip slip
                         JOIN hr_payslip last
                           ON last.employee_id = slip.employee_id
                          AND last.company_id = slip.company_id
                          AND last.medical_date_pay < slip.medical_date_pay
                          AND last.state != 'cancel'
                          AND last.medical_kind IN ('regular', 'final')
                        WHERE slip.id IN %s
                     ORDER BY slip.id, last.medical_date_pay DESC, last.id DESC""",
                    tuple(self.ids),
                )
            )
        )

    def _figures_by_slip(self, slips):
        """{slip id: {code: Figure}}, one query."""
        found = {}
        for slip, code, amount, hours in self.env["medical.payroll.item"]._read_group(
            [("slip_id", "in", slips.ids)],
            ["slip_id", "code"],
            ["amount:sum", "hours:sum"],
        ):
            found.setdefault(slip.id, {})[code] = Figure(money(amount), money(hours))
        return found

    def _change_text(self, before, now):
        names = self._code_names()
        words = {
            Why.NEW: self.env._("new"),
            Why.GONE: self.env._("no longer"),
            Why.HOURS: self.env._("hours"),
            Why.RATE: self.env._("rate"),
            Why.AMOUNT: "",
        }
        told = [
            f"{names.get(c.code, c.code)} {words[c.why]}".strip()
            + f" {change_text(self.env, c.change)}"
            for c in causes(before, now)[:SHOWN]
        ]
        return ", ".join(told) or self.env._("no change")

    @api.model
    def _code_names(self):
        """Name of each code, as on the slip."""
        _ = self.env._
        return {
            "REG": _("Regular pay"),
            "DIFF": _("Shift differential"),
            "OTP": _("Overtime premium"),
            "OTS": _("State overtime premium"),
            "PTO": _("Paid time off"),
            "HOL": _("Holiday"),
            "SICK": _("Sick leave"),
            "BONUS": _("Bonus"),
            "ADDL": _("Other earnings"),
            "RETRO": _("Correction"),
            "IMP": _("Imputed income"),
            "S125": _("Benefits before tax"),
            "RET": _("Retirement before tax"),
            "FIT": _("Federal income tax"),
            "SS": _("Social Security"),
            "MED": _("Medicare"),
            "ADDMED": _("Additional Medicare"),
            "SIT": _("State income tax"),
            "SOTH": _("Other state taxes"),
            "LIT": _("Local income tax"),
            "GARN": _("Garnishments"),
            "ROTH": _("Roth"),
            "POST": _("Deductions after tax"),
            "ADV": _("Advance on taxes"),
            "OWE": _("Owed for later"),
            "UNC": _("Taxes not collected"),
            "SICKX": _("Sick pay not taxed"),
            "REIMB": _("Reimbursed expenses"),
            "ER_SS": _("Social Security, employer"),
            "ER_MED": _("Medicare, employer"),
            "FUTA": _("Federal unemployment"),
            "SUTA": _("State unemployment"),
            "ER_BEN": _("Employer benefits"),
        }
