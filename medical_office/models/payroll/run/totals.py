"""Totals of a run beside those of the last one, and what they come from."""

from odoo import api, fields, models

from ....tools.money import money
from ....tools.payroll.books.paychange import Figure
from ....tools.payroll.books.posting import EMPLOYER, EXPENSES, LIABILITIES

TAXES = ("FIT", "SS", "MED", "ADDMED", "SIT", "SOTH", "LIT")


class HrPayslipRun(models.Model):
    _inherit = "hr.payslip.run"

    currency_id = fields.Many2one(related="company_id.currency_id")
    medical_gross = fields.Monetary(
        "Gross", compute="_compute_medical_totals", compute_sudo=True
    )
    medical_taxes = fields.Monetary(
        "Taxes withheld", compute="_compute_medical_totals", compute_sudo=True
    )
    medical_deductions = fields.Monetary(
        "Deductions", compute="_compute_medical_totals", compute_sudo=True
    )
    medical_net = fields.Monetary(
        "Net", compute="_compute_medical_totals", compute_sudo=True
    )
    medical_employer = fields.Monetary(
        "Employer taxes and benefits",
        compute="_compute_medical_totals",
        compute_sudo=True,
    )
    medical_cost = fields.Monetary(
        "Total cost", compute="_compute_medical_totals", compute_sudo=True
    )
    medical_previous_id = fields.Many2one(
        "hr.payslip.run",
        "Last Run",
        compute="_compute_medical_previous",
        compute_sudo=True,
    )
    medical_previous_net = fields.Monetary(
        "Net of the last run", compute="_compute_medical_previous", compute_sudo=True
    )
    medical_net_change = fields.Monetary(
        "Change in net", compute="_compute_medical_previous", compute_sudo=True
    )
    medical_change_text = fields.Char(
        "Reasons", compute="_compute_medical_previous", compute_sudo=True
    )

    def _code_sums(self):
        """{(run id, code): Figure} of the runs, one query."""
        return {
            (run.id, code): Figure(money(amount), money(hours))
            for run, code, amount, hours in self.env[
                "medical.payroll.item"
            ]._read_group(
                [("slip_id.payslip_run_id", "in", self.ids)],
                ["run_id", "code"],
                ["amount:sum", "hours:sum"],
            )
        }

    @api.depends("slip_ids.line_ids.total")
    def _compute_medical_totals(self):
        sums = self._code_sums()
        for run in self:
            own = {
                code: f.amount for (run_id, code), f in sums.items() if run_id == run.id
            }
            gross = sum(a for c, a in own.items() if EXPENSES.get(c) == "wages")
            taxes = -sum(own.get(code, 0) for code in TAXES)
            employer = sum(own.get(code, 0) for code in EMPLOYER)
            kept = -sum(
                a
                for c, a in own.items()
                if c in LIABILITIES and c not in TAXES and c not in EMPLOYER
            )
            repaid = own.get("REIMB", 0)
            run.medical_gross = float(gross)
            run.medical_taxes = float(taxes)
            run.medical_deductions = float(kept)
            run.medical_net = float(gross + repaid - taxes - kept)
            run.medical_employer = float(employer)
            run.medical_cost = float(gross + repaid + employer)

    @api.depends("medical_schedule_id", "medical_date_pay", "medical_net")
    def _compute_medical_previous(self):
        earlier = self.search(
            [
                ("medical_schedule_id", "in", self.medical_schedule_id.ids),
                ("medical_kind", "=", "regular"),
                ("medical_date_pay", "!=", False),
            ],
            order="medical_date_pay desc, id desc",
        )
        for run in self:
            run.medical_previous_id = earlier.filtered(
                lambda other, run=run: (
                    run.medical_date_pay
                    and run.medical_kind == "regular"
                    and other.medical_schedule_id == run.medical_schedule_id
                    and other.medical_date_pay < run.medical_date_pay
                )
            )[:1]
        sums = (self | self.medical_previous_id)._code_sums()
        slips = self.env["hr.payslip"]
        for run in self:
            last = run.medical_previous_id
            run.medical_previous_net = last.medical_net
            run.medical_net_change = run.medical_net - last.medical_net if last else 0
            pair = [
                {code: f for (run_id, code), f in sums.items() if run_id == one.id}
                for one in (last, run)
            ]
            run.medical_change_text = slips._change_text(*pair) if last else False
