"""The practice's bank for pay, and the direct deposit file of a run."""

import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools.money import ZERO, money
from ...tools.payroll import ach

PAY = "medical_office.core_group_payroll"


class PayrollBank(models.Model):
    """Who sends the file, as the bank's set-up letter gives it. One of each company."""

    _name = "medical.payroll.bank"
    _description = "Bank for Pay"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    name = fields.Char("Bank", required=True, size=23)
    destination = fields.Char(
        "Routing number",
        required=True,
        size=9,
        help="Of the bank that gets the file (immediate destination).",
    )
    origin = fields.Char(
        required=True,
        size=10,
        help="Assigned by the bank; often 1 and the EIN.",
    )
    company_ident = fields.Char("Company identification", required=True, size=10)
    company_label = fields.Char("Company name on statements", required=True, size=16)
    balanced = fields.Boolean(
        "Balanced file", help="The bank wants the debit of our account in the file."
    )
    account = fields.Char(
        "Our account", groups=f"{PAY},medical_office.core_group_accountant"
    )
    journal_id = fields.Many2one(
        "account.journal",
        "Bank Journal",
        required=True,
        check_company=True,
        domain="[('type', '=', 'bank')]",
    )

    _unique = models.Constraint(
        "UNIQUE (company_id)", "A company has one bank for pay."
    )

    @api.constrains("destination")
    def _check_destination(self):
        for bank in self:
            if wrong := ach.routing_problem(bank.destination or ""):
                raise ValidationError(wrong)

    @api.constrains("balanced", "account")
    def _check_account(self):
        for bank in self:
            if bank.balanced and not bank.account:
                raise ValidationError(
                    self.env._("A balanced file needs the number of our account.")
                )

    @api.model
    def _of(self, company):
        """The bank of a company.

        :raises UserError: none is set
        """
        bank = self.search([("company_id", "=", company.id)], limit=1)
        if not bank:
            raise UserError(
                self.env._(
                    "%s has no bank for pay: set it under Pay, Bank for Pay.",
                    company.name,
                )
            )
        return bank

    def _ach_origin(self):
        self.ensure_one()
        return ach.Origin(
            destination=self.destination,
            destination_name=self.name,
            origin=self.origin,
            origin_name=(self.company_id.name or "")[:23],
            company_name=self.company_label,
            company_id=self.company_ident,
            odfi=self.destination,
        )


class PayrollBankFile(models.Model):
    """A file for the bank. Made once for a run; another needs this one to be void."""

    _name = "medical.payroll.bank.file"
    _description = "Direct Deposit File"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _reason_methods = frozenset({"action_void"})

    name = fields.Char(readonly=True)
    run_id = fields.Many2one(
        "hr.payslip.run", required=True, index=True, ondelete="restrict", readonly=True
    )
    company_id = fields.Many2one(related="run_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    content = fields.Binary("File", readonly=True, attachment=True, groups=PAY)
    date_effective = fields.Date("Pay Date", readonly=True)
    credit = fields.Monetary("Paid in all", readonly=True)
    entry_count = fields.Integer("Entries", readonly=True)
    entry_hash = fields.Char(readonly=True)
    void = fields.Boolean(
        readonly=True, tracking=True, help="Not sent, or withdrawn at the bank."
    )

    _one = models.UniqueIndex("(run_id) WHERE void IS NOT TRUE")

    def action_ask_void(self):
        wizard = self.env["medical.core.reason.wizard"]
        return wizard._asking(
            self, "action_void", self.env._("Why is the file not used?")
        )

    def action_void(self, reason):
        """Only who approves pay may say that a file was not sent."""
        self.check_access("read")
        if not self.env.user.has_group("medical_office.core_group_director"):
            raise AccessError(
                self.env._(
                    "The director voids a bank file, so that nobody is paid twice."
                )
            )
        for file in self:
            if file.run_id.state == "paid":
                raise UserError(self.env._("%s is paid already.", file.run_id.name))
            file.sudo().void = True  # the step is checked above; no other write is open
            file._message_log(body=self.env._("Void: %s", reason))

    def _read_back(self):
        """The file as an independent reader sees it (see tools/payroll/ach/reader)."""
        self.ensure_one()
        text = base64.b64decode(self.with_context(bin_size=False).content).decode(
            "ascii"
        )
        return ach.read(text)


class HrPayslipRun(models.Model):
    _inherit = "hr.payslip.run"

    medical_bank_file_ids = fields.One2many(
        "medical.payroll.bank.file", "run_id", "Bank Files", readonly=True
    )
    medical_bank_file_id = fields.Many2one(
        "medical.payroll.bank.file", "Bank File", compute="_compute_medical_bank_file"
    )

    @api.depends("medical_bank_file_ids.void")
    def _compute_medical_bank_file(self):
        for run in self:
            run.medical_bank_file_id = run.medical_bank_file_ids.filtered(
                lambda file: not file.void
            )[:1]

    def action_medical_bank_file(self):
        """Write the file of a posted run."""
        self.ensure_one()
        self.check_access("write")
        if not self._user_in("core_group_payroll"):
            raise AccessError(self.env._("Payroll writes the bank's file."))
        if self.state != "posted":
            raise UserError(
                self.env._(
                    "%s: the bank's file is written once the run is posted.", self.name
                )
            )
        if self.medical_bank_file_id:
            raise UserError(
                self.env._(
                    "%s has a bank file. If it was not sent, the director marks it void; "
                    "then write another.",
                    self.name,
                )
            )
        self._check_unchanged()
        return self._make_bank_file(
            fields.Datetime.context_timestamp(self, fields.Datetime.now())
        )

    def _make_bank_file(self, created):
        """:param created: moment of writing, on the practice's clock"""
        payments = self.medical_payment_ids.filtered(lambda p: p.method == "deposit")
        self._check_accounts_unchanged(payments)
        bank = self.env["medical.payroll.bank"]._of(self.company_id)
        # the caller is payroll, and the file needs the numbers
        numbers = payments.account_id._numbers()
        credits = [
            ach.Credit(
                name=payment.employee_id.name,
                routing=numbers[payment.account_id.id][0] or "",
                account=numbers[payment.account_id.id][1] or "",
                amount=money(payment.amount),
                ident=str(payment.employee_id.id),
                savings=payment.account_id.kind == "savings",
            )
            for payment in payments
        ]
        offset = ach.Offset(bank.destination, bank.account) if bank.balanced else None
        earlier = self.env["medical.payroll.bank.file"].search_count(
            [
                ("company_id", "=", self.company_id.id),
                ("create_date", ">=", created.date()),
            ]
        )
        try:
            written = ach.write(
                bank._ach_origin(),
                credits,
                created.replace(tzinfo=None),
                self.medical_date_pay,
                offset=offset,
                modifier="ABCDEFGHIJKLMNOPQRSTUVWXYZ"[min(earlier, 25)],
            )
        except ach.AchRefused as error:
            raise UserError("\n".join(error.problems)) from error
        # the row is the run's own: nobody has the right to make one by hand
        file = (
            self.env["medical.payroll.bank.file"]
            .sudo()
            .create(
                {
                    "name": f"pay-{self.medical_date_pay:%Y-%m-%d}-{self.id}.ach",
                    "run_id": self.id,
                    "content": base64.b64encode(written.text.encode("ascii")),
                    "date_effective": self.medical_date_pay,
                    "credit": float(written.credit),
                    "entry_count": written.entries,
                    "entry_hash": str(written.entry_hash),
                }
            )
        )
        file = file.with_env(self.env)
        self._message_log(
            body=self.env._(
                "Bank file %(name)s: %(count)s entries, %(total)s.",
                name=file.name,
                count=written.entries,
                total=f"{written.credit:,.2f}",
            )
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": "medical.payroll.bank.file",
            "res_id": file.id,
            "views": [(False, "form")],
        }

    def _check_accounts_unchanged(self, payments):
        """An account that was changed after the run was submitted is not paid."""
        moved = payments.filtered(
            lambda p: (
                p.account_id.date_changed
                and p.account_id.date_changed > self.medical_submitted_at
            )
        )
        if moved:
            raise UserError(
                self.env._(
                    "The bank account of %(who)s was changed after the run was submitted. "
                    "Confirm it with the person, then pay this amount by check or in "
                    "another run.",
                    who=", ".join(moved.employee_id.mapped("name")),
                )
            )

    def _bank_file_differences(self):
        """The file is read back and compared, entry by entry, with the payments."""
        found = super()._bank_file_differences()
        payments = self.medical_payment_ids.filtered(lambda p: p.method == "deposit")
        if not payments:
            return found
        file = self.medical_bank_file_id
        if not file:
            return [*found, self.env._("The bank's file is not written yet.")]
        try:
            content = file._read_back()
        except ach.AchRefused as error:
            return [*found, *error.problems]
        paid = sorted(e.amount for e in content.entries if not e.debit)
        asked = sorted(money(p.amount) for p in payments)
        if paid != asked:
            found.append(
                self.env._(
                    "Bank file: %(file)s in %(count)s entries; direct deposits of the "
                    "run: %(run)s in %(number)s.",
                    file=f"{sum(paid, ZERO):,.2f}",
                    count=len(paid),
                    run=f"{sum(asked, ZERO):,.2f}",
                    number=len(asked),
                )
            )
        return found
