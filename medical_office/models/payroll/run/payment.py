"""How each net pay is paid out: laid down when the run is submitted."""

from odoo import api, fields, models
from odoo.tools import hmac

from ....engine.core.amounts import amount_text
from ....tools.money import money
from ....tools.payroll.deduct.split import split


class PayrollPayment(models.Model):
    """One amount to one account, or a check. Part of what the approver approves."""

    _name = "medical.payroll.payment"
    _description = "Payslip Payment"
    _inherit = ["medical.core.guard"]
    _order = "run_id, employee_id, id"

    run_id = fields.Many2one(
        "hr.payslip.run", required=True, index=True, ondelete="cascade", readonly=True
    )
    slip_id = fields.Many2one(
        "hr.payslip", required=True, index=True, ondelete="cascade", readonly=True
    )
    employee_id = fields.Many2one(related="slip_id.employee_id", store=True, index=True)
    company_id = fields.Many2one(related="run_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    account_id = fields.Many2one(
        "medical.payroll.account",
        "Paid to",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    method = fields.Selection(
        [("deposit", "Direct deposit"), ("check", "Check")],
        required=True,
        readonly=True,
    )
    amount = fields.Monetary(readonly=True)
    paid_to = fields.Char(
        readonly=True,
        groups="base.group_system",
        help="Keyed digest of the bank details when the run was submitted.",
    )
    number = fields.Char("Check Number", help="As written.")
    trace = fields.Char(
        "Trace number",
        readonly=True,
        index=True,
        help="Of its entry in the bank file.",
    )

    @api.depends("employee_id", "amount")
    def _compute_display_name(self):
        for payment in self:
            who = payment.employee_id.name
            payment.display_name = (
                who and f"{who} {amount_text(self.env, payment.amount)}"
            )

    def _program_message(self, name):
        return self.env._("Payments come from the pay run; only a check has a number.")


class HrPayslipRun(models.Model):
    _inherit = "hr.payslip.run"

    medical_payment_ids = fields.One2many(
        "medical.payroll.payment", "run_id", "Payments", readonly=True
    )

    def _make_payments(self):
        """Split every net pay between the person's accounts; two queries."""
        self.ensure_one()
        self._drop_payments()
        slips = self.slip_ids
        accounts = self.env["medical.payroll.account"].search(
            [("employee_id", "in", slips.employee_id.ids)]
        )
        by_person = accounts.grouped("employee_id")
        # sudo: numbers are read to be digested with the database's own key, no more
        paid_to = {
            account.id: hmac(
                account.env,
                "medical-paid-to",
                (account.routing, account.number, account.kind),
            )
            for account in accounts.sudo()
        }
        rows = []
        for slip in slips:
            net = money(slip.medical_net)
            if net <= 0:
                continue  # nothing to pay, or money to be asked back
            own = by_person.get(slip.employee_id, accounts.browse())
            parts = split(
                net, [account._share(self.medical_date_pay) for account in own]
            )
            rows += [
                (slip, int(part.key), "deposit", part.amount)
                for part in parts.parts
                if part.amount
            ]
            if parts.check:
                rows.append((slip, False, "check", parts.check))
        # sudo: rows of the run itself: nobody has the right to make them by hand
        self.env["medical.payroll.payment"].sudo()._pen().create(
            [
                {
                    "run_id": self.id,
                    "slip_id": slip.id,
                    "account_id": account,
                    "paid_to": paid_to.get(account, False),
                    "method": method,
                    "amount": float(amount),
                }
                for slip, account, method, amount in rows
            ]
        )

    def _drop_payments(self):
        # sudo: the run's own rows, laid out anew by the next submission
        self.sudo().medical_payment_ids.unlink()
