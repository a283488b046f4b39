"""The practice's bank for pay, and the direct deposit file of a run."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools.money import ZERO, money
from ...tools.payroll import ach

PAY = "medical_office.core_group_payroll"


class PayrollBank(models.Model):
    """Who sends the file, as the bank's set-up letter gives it. One of each company."""

    _name = "medical.payroll.bank"
    _description = "Bank for Pay"
    _inherit = ["medical.core.guard"]
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
    prenote_new = fields.Boolean(
        "Prenote new accounts",
        help="A new or changed account gets an entry of zero first, in the next bank "
        "file. It is paid from the third banking day after that, by the other accounts "
        "or by check until then.",
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

    def action_prenotes(self):
        """Send the prenotes that wait in a file of their own, without a pay run.

        :return: action that opens the file
        """
        self.ensure_one()
        if not self.env.user.has_group(PAY):
            raise AccessError(self.env._("Payroll writes the bank's file."))
        waiting = self.env["medical.payroll.account"]._to_prenote(self.company_id)
        if not waiting:
            raise UserError(
                self.env._(
                    "No account waits for a prenote. Set it to “To be sent” on the "
                    "account first."
                )
            )
        now = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        file = self.env["medical.payroll.bank.file"]._write_file(
            self, "prenote", [], ach.add_banking_days(now.date(), 1), now
        )
        return file._open()


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
        if not self._guard_user_in("core_group_payroll"):
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
        file = self.env["medical.payroll.bank.file"]._write_file(
            bank,
            "pay",
            [
                (payment, payment.account_id._credit(money(payment.amount)))
                for payment in payments
            ],
            self.medical_date_pay,
            created,
            self,
        )
        self._message_log(
            body=self.env._(
                "Bank file %(name)s: %(count)s entries, %(total)s.",
                name=file.name,
                count=file.entry_count,
                total=f"{file.credit:,.2f}",
            )
        )
        return file._open()

    def _check_accounts_unchanged(self, payments):
        """An account that was changed after the run was submitted is not paid, nor one
        that may not be paid any more: the bank sent something back meanwhile."""
        waiting = payments.filtered(
            lambda p: not p.account_id._is_ready(self.medical_date_pay)
        )
        if waiting:
            raise UserError(
                self.env._(
                    "The bank account of %(who)s may not be paid: a payment or prenote came "
                    "back, or its prenote is not cleared. Check the account with the "
                    "person, then write the file.",
                    who=", ".join(waiting.employee_id.mapped("name")),
                )
            )
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
        paid = sorted(
            e.amount for e in content.entries if not e.debit and not e.prenote
        )
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
