"""Prenotes: an entry of zero that asks the bank whether an account is there."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ....tools.money import ZERO
from ....tools.payroll import ach
from ...core.mixins.done import done

NOTHING_SENT = {
    "prenote_file_id": False,
    "prenote_trace": False,
    "prenote_clears": False,
}


class PayrollAccount(models.Model):
    """To be sent, sent with a file, cleared after three banking days; or returned."""

    _inherit = "medical.payroll.account"

    @api.model_create_multi
    def create(self, vals_list):
        """A new account waits for its prenote where the practice wants one."""
        accounts = super().create(vals_list)
        fresh = accounts._fresh()
        for account, vals in zip(accounts._pen(), vals_list, strict=True):
            if not vals.get("prenote_state"):
                account.prenote_state = fresh[account]["prenote_state"]
        return accounts

    def _fresh(self):
        """{account: values} of accounts whose number is new: no prenote yet, nothing to
        check. One query."""
        # sudo: HR sets accounts up and may not read the practice's bank
        banks = self.env["medical.payroll.bank"].sudo()
        wanting = banks.search_fetch(
            [("company_id", "in", self.company_id.ids), ("prenote_new", "=", True)],
            ["company_id"],
        ).company_id
        return {
            account: {
                "prenote_state": "wanted" if account.company_id in wanting else "none",
                "to_check": False,
                **NOTHING_SENT,
            }
            for account in self
        }

    def _is_ready(self, day=None):
        """Whether pay of ``day`` may go to the account."""
        self.ensure_one()
        if self.to_check or self.prenote_state in ("wanted", "returned"):
            return False
        if self.prenote_state == "pending":
            return bool(day and self.prenote_clears and day >= self.prenote_clears)
        return True

    def _to_prenote(self, company):
        """Accounts of people still here whose prenote is to go into the next file."""
        waiting = self.search(
            [
                ("company_id", "=", company.id),
                ("prenote_state", "=", "wanted"),
                ("employee_id.active", "=", True),
                ("to_check", "=", False),
            ],
            order="employee_id, sequence, id",
        )
        # sudo: the number is nobody's to read, but without one there is nothing to send
        return waiting.filtered(lambda account: account.sudo().number)

    def _prenotes(self):
        return [account._credit(ZERO) for account in self]

    def _credit(self, amount):
        """The entry of an amount for the bank's file; of a prenote for nothing."""
        self.ensure_one()
        routing, number = self._numbers()[self.id]
        return ach.Credit(
            name=self.employee_id.name,
            routing=routing or "",
            account=number or "",
            amount=amount,
            ident=str(self.employee_id.id),
            savings=self.kind == "savings",
            prenote=not amount,
        )

    def _prenote_sent(self, file):
        """They went with ``file``: wait until the bank has had time to send them back."""
        traces = {
            (entry.routing, entry.account): entry.trace
            for entry in (file._read_back().entries if self else ())
            if entry.prenote and not entry.debit
        }
        numbers = self._numbers()
        # sudo: of the step: nobody writes these by hand
        own = self.sudo()._pen()
        for account in own:
            account.prenote_trace = traces.get(numbers[account.id])
        own.write(
            {
                "prenote_state": "pending",
                "prenote_file_id": file.id,
                "prenote_clears": ach.prenote_clears(file.date_effective),
            }
        )

    def _prenote_not_sent(self):
        """Their file is void: they wait for the next one, also those that time cleared."""
        asked = self.filtered(lambda a: a.prenote_state in ("pending", "done"))
        asked._pen().write({"prenote_state": "wanted", **NOTHING_SENT})

    @api.model
    def _cron_prenotes(self):
        """Accounts whose waiting days are over are cleared."""
        ready = self.search(
            [
                ("prenote_state", "=", "pending"),
                ("prenote_clears", "<=", fields.Date.context_today(self)),
            ]
        )
        self.env["medical.core.job.fault"]._each(
            self.env._("clear prenotes"),
            ready,
            lambda some: some.write({"prenote_state": "done"}),
        )

    def action_checked(self):
        """Somebody has checked the account after a return: it is paid again."""
        self.check_access("write")
        if not self.env.user.has_group("medical_office.core_group_payroll"):
            raise AccessError(
                self.env._(
                    "Only payroll can confirm an account after a deposit return."
                )
            )
        self.filtered("to_check")._pen().write({"to_check": False})
        return done(
            self.env, self.env._("The account is paid again from the next pay run on.")
        )
