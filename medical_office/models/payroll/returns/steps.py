"""The steps of a returned deposit: booked, paid anew, or the account corrected."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ....engine.core.amounts import amount_text
from ....engine.core.labels import labels_of
from ....tools.money import money
from ....tools.payroll import ach
from ....tools.payroll.books.posting import NET
from ..practice.posting import make_moves


class PayrollReturn(models.Model):
    _inherit = "medical.payroll.deposit.return"

    # -------------------------------------------------------------------- buttons

    def action_book(self):
        """Take note of it: the money is owed again, or the account is not paid."""
        about = {"payment": "booked", "prenote": "closed", "change": "closed"}
        for item in self:
            item._move_to(about[item.about])
        return True

    def action_close(self):
        """Its payslip was voided: nothing is paid anew."""
        self._move_to("closed")
        return True

    def action_propose(self):
        self._move_to("proposed")
        return True

    def action_back(self, reason):
        """Not so: choose another way to pay."""
        self._move_to("booked", reason)

    def action_approve(self):
        self._move_to("approved")
        return True

    def action_file(self):
        """Write one file for all approved deposits of ``self``.

        :return: action that opens the file
        """
        self.check_access("write")
        if not self._guard_user_in("core_group_payroll"):
            raise AccessError(self.env._("Only payroll can create the bank file."))
        wrong = self.filtered(
            lambda item: (
                item.state != "approved"
                or item.again_method != "deposit"
                or (item.file_id and not item.file_id.void)
            )
        )
        if wrong:
            raise UserError(
                self.env._(
                    "%s is not an approved deposit waiting for its bank file.",
                    wrong[0].display_name,
                )
            )
        for item in self:
            item._check_target()
            item._check_account_unchanged()
        bank = self.env["medical.payroll.bank"]._of(self.company_id)
        now = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        file = self.env["medical.payroll.bank.file"]._write_file(
            bank,
            "again",
            [
                (item, item.again_account_id._credit(money(item.amount)))
                for item in self
            ],
            ach.add_banking_days(now.date(), 1),
            now,
        )
        self._pen().file_id = file
        return file._open()

    def action_pay(self):
        """The bank has taken the file, or the check is handed out."""
        self._move_to("paid")
        return True

    # ------------------------------------------------------------------ the steps

    def _state_values(self, state, reason):
        user = self.env.uid
        return {
            "proposed": {"proposed_by_id": user},
            "approved": {"approved_by_id": user, "approved_at": fields.Datetime.now()},
            "booked": dict.fromkeys(
                ("proposed_by_id", "approved_by_id", "approved_at"), False
            ),
        }.get(state, {})

    def _before_booked(self):
        # sudo: a file that is voided or written at this moment decides
        self.file_id.sudo().lock_for_update()
        for item in self:
            if item.file_id and not item.file_id.void:
                raise UserError(
                    self.env._(
                        "%(what)s is in %(file)s: if that was not sent, the director "
                        "has to mark it void first.",
                        what=item.display_name,
                        file=item.file_id.name,
                    )
                )
        fresh = self.filtered(lambda item: item.state == "draft")
        fresh._hold()
        # sudo: the entry follows from the payment alone; the right to write it is lent
        fresh.sudo()._post("move_id", self.env._("Deposit return"), 1)

    def _before_closed(self):
        for item in self:
            if item.about == "change":
                item._apply_change()
            elif item.about == "prenote":
                item.account_id._pen().prenote_state = "returned"
            elif "done" not in item.payment_id.slip_id.medical_voided_by_ids.mapped(
                "state"
            ):
                raise UserError(
                    self.env._(
                        "%s is owed: pay it again, or void the payslip first.",
                        item.display_name,
                    )
                )

    def _hold(self):
        """Accounts whose number seems wrong get nothing until they are checked."""
        held = self.filtered(lambda item: item._reason().hold).account_id
        held._pen().to_check = True
        for item in self:
            item.account_id._message_log(
                body=self.env._(
                    "%(amount)s was returned on %(day)s: %(reason)s.",
                    amount=amount_text(self.env, item.amount),
                    day=format_date(self.env, item.date),
                    reason=labels_of(item, "code")[item.code],
                )
            )

    def _apply_change(self):
        """The bank's figures replace ours; the change leaves its trace on the account."""
        self.ensure_one()
        # sudo: the corrected number goes from one field that nobody reads into another
        number = self.sudo().new_stored
        values = {
            "routing": self.new_routing,
            "new_number": number,
            "kind": self.new_kind,
        }
        values = {key: value for key, value in values.items() if value}
        if not values and self.code in ("C01", "C02", "C03", "C05", "C06", "C07"):
            raise UserError(
                self.env._(
                    "%s: enter the numbers that the bank corrected.", self.display_name
                )
            )
        account = self.account_id
        if account.date_changed and account.date_changed > self.create_date:
            raise UserError(
                self.env._(
                    "%(account)s was changed after this was entered: the bank's "
                    "correction is for the previous number. Delete this if it is "
                    "settled.",
                    account=account.display_name,
                )
            )
        state = account.prenote_state
        account.write(values)
        # the bank itself gave these figures: they need no prenote
        if values and state in ("none", "done"):
            account._pen().prenote_state = state

    def _before_proposed(self):
        for item in self:
            item._check_target()

    def _before_approved(self):
        for item in self:
            item._check_target()

    def _check_target(self):
        """
        :raises UserError: nothing is owed, or a new deposit has no account that may be
            paid
        """
        self.ensure_one()
        if self.payment_id.slip_id.medical_voided:
            raise UserError(
                self.env._(
                    "%s: its payslip is voided, so nothing is paid again. Close it "
                    "once the void is confirmed.",
                    self.display_name,
                )
            )
        if self.again_method != "deposit":
            return
        if not self.again_account_id:
            raise UserError(
                self.env._("%s: choose the account to pay.", self.display_name)
            )
        today = fields.Date.context_today(self)
        if not self.again_account_id._is_ready(today):
            raise UserError(
                self.env._(
                    "%(what)s: %(account)s cannot be paid yet. Check it first, wait "
                    "for its prenote, or pay by check.",
                    what=self.display_name,
                    account=self.again_account_id.display_name,
                )
            )

    def _check_account_unchanged(self):
        """
        :raises UserError: the account is not the one that was approved any more
        """
        self.ensure_one()
        changed = self.again_account_id.date_changed
        if changed and changed > self.approved_at:
            raise UserError(
                self.env._(
                    "%(what)s: %(account)s was changed after the approval. Confirm it "
                    "with the employee, then have the payment approved again.",
                    what=self.display_name,
                    account=self.again_account_id.display_name,
                )
            )

    def _before_paid(self):
        # sudo: a file that the director voids at this moment is not paid
        self.file_id.sudo().lock_for_update()
        for item in self:
            if item.again_method == "check" and not item.check_number:
                raise UserError(
                    self.env._("%s: enter the check number.", item.display_name)
                )
            if item.again_method == "deposit" and (
                not item.file_id or item.file_id.void
            ):
                raise UserError(
                    self.env._("%s: create the bank file first.", item.display_name)
                )
        self.filtered(lambda i: i.again_method == "deposit").file_id._check_holds()
        # sudo: as above, the approved amounts are posted
        self.sudo()._post("again_move_id", self.env._("Pay sent again"), -1)

    def _post(self, field, label, sign):
        """Entries of these returns: ``sign`` 1, the money is back in the bank and owed
        again; -1, it is paid out."""
        for company, items in self.grouped("company_id").items():
            bank = self.env["medical.payroll.bank"]._of(company)
            book = self.env["medical.payroll.posting"]._book(company)
            net = book[NET, ""].account_id
            entries = []
            for item in items:
                name = f"{label} {item.display_name}"
                amount = sign * item.amount
                day = item.date if sign > 0 else item._day_paid()
                lines = [
                    {
                        "name": name,
                        "account_id": account.id,
                        "debit": max(value, 0),
                        "credit": max(-value, 0),
                    }
                    for account, value in (
                        (bank.journal_id.default_account_id, amount),
                        (net, -amount),
                    )
                ]
                entries.append((name, day, lines, bank.journal_id))
            moves = make_moves(self.env, company, entries)
            for item, move in zip(items, moves, strict=True):
                item._pen()[field] = move

    def _day_paid(self):
        self.ensure_one()
        if self.again_method == "deposit":
            return self.file_id.date_effective
        return fields.Date.context_today(self)
