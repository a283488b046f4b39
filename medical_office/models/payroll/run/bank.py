"""The direct deposit file of a run: written, and read back."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ....engine.core.amounts import amount_text
from ....tools.money import ZERO, money
from ....tools.payroll import ach


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
            raise AccessError(self.env._("Only payroll can create the bank file."))
        if self.state != "posted":
            raise UserError(
                self.env._(
                    "%s: the bank file can be created once the pay run is posted.",
                    self.name,
                )
            )
        if self.medical_bank_file_id:
            raise UserError(
                self.env._(
                    "%s already has a bank file. If it was not sent, the director "
                    "marks it void; then create another.",
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
            self._medical_settles_on(created.date()),
            created,
            self,
        )
        self._message_log(
            body=self.env._(
                "Bank file %(name)s: %(total)s, entries: %(count)s.",
                name=file.name,
                count=file.entry_count,
                total=amount_text(self.env, file.credit),
            )
        )
        self._tell_late(bank, file, payments, created.date())
        return file._open()

    def _medical_settles_on(self, written):
        """Day on which a file written on a day pays; the pay date stays as it is.

        Wages count as paid, for all taxes, on the pay date of the run.
        """
        return ach.settles_on(written, self.medical_date_pay)

    def _late_said(self, lead, written, settles):
        """What has to be known of a file that is late, sentence by sentence.

        :param lead: banking days before it settles by which the bank wants the file
        :param written: day on which it is written
        :param settles: day on which it pays
        """
        said = []
        if settles > self.medical_date_pay:
            said.append(
                self.env._(
                    "The file settles on %(settles)s instead of %(wanted)s. The pay date "
                    "stays the date of the pay for all taxes; the employees are told.",
                    settles=format_date(self.env, settles),
                    wanted=format_date(self.env, self.medical_date_pay),
                )
            )
        left = ach.banking_days_left(written, settles)
        if left < lead:
            said.append(
                self.env._(
                    "The bank wants a file %(lead)s banking days ahead; %(left)s are "
                    "left until it settles. Call the bank and confirm that it will pay.",
                    lead=lead,
                    left=left,
                )
            )
        return said

    def _late_if_written_today(self):
        """What a file not yet written will be told of, for the run that waits for it."""
        # sudo: whoever may read the run learns the days, nothing of the account
        bank = self.env["medical.payroll.bank"].sudo()
        bank = bank.search([("company_id", "=", self.company_id.id)], limit=1)
        if (
            self.medical_bank_file_id
            or not bank
            or "deposit" not in self._medical_pays_by()
        ):
            return []
        today = fields.Date.context_today(self)
        return self._late_said(bank.lead_days, today, self._medical_settles_on(today))

    def _medical_pays_by(self):
        """By what people are paid: deposit, check."""
        # sudo: only how is asked, whoever handles the run
        return set(self.sudo().medical_payment_ids.mapped("method"))

    def _tell_late(self, bank, file, payments, written):
        """Say that the file is late; people are told the day on which they are paid.

        Who was told the same day by a file that was not used is not told again.
        """
        settles, wanted = file.date_effective, self.medical_date_pay
        for sentence in self._late_said(bank.lead_days, written, settles):
            self._message_log(body=sentence)
        told = (self.medical_bank_file_ids - file).mapped("date_effective")
        if settles <= wanted or settles in told:
            return
        shown_settles, shown_wanted = (
            format_date(self.env, day) for day in (settles, wanted)
        )
        # sudo: whom to tell is asked; the officer may not read users' partners
        people = payments.employee_id.sudo().user_id.partner_id
        for person in people:  # each alone: nobody reads who else is paid late
            self.env["mail.thread"].message_notify(
                partner_ids=person.ids,
                subject=self.env._("Your pay arrives on %s", shown_settles),
                body=self.env._(
                    "Your direct deposit for the pay date %(wanted)s will arrive on "
                    "%(settles)s.",
                    wanted=shown_wanted,
                    settles=shown_settles,
                ),
            )

    def _check_accounts_unchanged(self, payments):
        """An account that was changed after the run was submitted is not paid, nor one
        that may not be paid any more: the bank sent something back meanwhile."""
        waiting = payments.filtered(
            lambda p: not p.account_id._is_ready(self.medical_date_pay)
        )
        if waiting:
            raise UserError(
                self.env._(
                    "The bank account of %(who)s cannot be paid: a payment or prenote "
                    "was returned, or its prenote has not cleared. Confirm the "
                    "account with the employee, then create the file.",
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
                    "The bank account of %(who)s was changed after the pay run was "
                    "submitted. Confirm it with the employee, then pay this amount by "
                    "check or in another pay run.",
                    who=", ".join(moved.employee_id.mapped("name")),
                )
            )

    def _bank_file_differences(self):
        """The file is read back and compared, entry by entry, with the payments."""
        payments = self.medical_payment_ids.filtered(lambda p: p.method == "deposit")
        if not payments:
            return []
        file = self.medical_bank_file_id
        if not file:
            return [self.env._("The bank file has not been created yet.")]
        try:
            content = file._read_back()
        except ach.AchRefused as error:
            return list(error.problems)
        paid = sorted(
            e.amount for e in content.entries if not e.debit and not e.prenote
        )
        asked = sorted(money(p.amount) for p in payments)
        if paid == asked:
            return []
        return [
            self.env._(
                "Bank file: %(file)s, entries: %(count)s; direct deposits of the pay "
                "run: %(run)s, entries: %(number)s.",
                file=amount_text(self.env, sum(paid, ZERO)),
                count=len(paid),
                run=amount_text(self.env, sum(asked, ZERO)),
                number=len(asked),
            )
        ]
