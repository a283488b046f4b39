"""Posting a run: its journal entry by department, what is owed to whom, the tie-out."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....tools.money import ZERO, cents, money
from ....tools.payroll.books.posting import HUNDRED, NET, Part, entries, owed
from ....tools.payroll.books.tieout import differences
from ..practice.posting import COSTS, OPTIONAL, make_moves

# what is owed to nobody
APART = COSTS | OPTIONAL


class HrPayslipRun(models.Model):
    _inherit = "hr.payslip.run"

    _medical_left_out = ("payroll.action_get_batch_payslip_lines",)

    medical_move_id = fields.Many2one(
        "account.move", "Journal Entry", readonly=True, copy=False
    )
    medical_payment_move_id = fields.Many2one(
        "account.move", "Payment Entry", readonly=True, copy=False
    )
    medical_liability_ids = fields.One2many(
        "medical.payroll.liability", "run_id", "Owed", readonly=True
    )
    medical_tie_out = fields.Text(
        "Tie-out",
        compute="_compute_medical_tie_out",
        help="Register, journal, payments and liabilities must agree to the cent.",
    )

    def _medical_made(self):
        """The entry of the last step."""
        return self.medical_payment_move_id or self.medical_move_id

    @api.depends("state", "medical_move_id")
    def _compute_medical_tie_out(self):
        for run in self:
            if run.state not in ("posted", "paid"):
                run.medical_tie_out = False
                continue
            found = run._tie_out()
            if found and run.state == "posted":
                found = [*found, *run._late_if_written_today()]
            run.medical_tie_out = "\n".join(found) or self.env._(
                "Register, journal, payments and liabilities agree to the cent."
            )

    # ---------------------------------------------------------------- the entry

    def _parts(self, slips=None):
        """The run's items for the journal, with the departments that bear them.

        :param slips: some of the run's payslips; all of them where none are given
        """
        self.ensure_one()
        shares = self._shares(slips)
        wanted = (
            [("slip_id.payslip_run_id", "=", self.id)]
            if slips is None
            else [("slip_id", "in", slips.ids)]
        )
        items = self.env["medical.payroll.item"].search(wanted, order="id")
        return [
            Part(
                item.code,
                item.key,
                money(item.amount),
                item.payee_id.id or 0,
                tuple(
                    shares.get(item.slip_id.id)
                    or [(item.department_id.id or 0, HUNDRED)]
                ),
            )
            for item in items
        ]

    def _post(self):
        """Write the entry and what is owed."""
        self.ensure_one()
        # sudo: posting lends the books: the approved figures decide every line of the entry
        run = self.sudo()
        lines = entries(run._parts())
        if not lines:
            raise UserError(self.env._("%s has nothing to post.", self.name))
        book = run.env["medical.payroll.posting"]._book(
            run.company_id, {line.kind for line in lines}
        )
        values = run._journal_values(lines, book)
        run._pen().write(
            {
                "medical_move_id": run._make_move(
                    self.env._("Payroll %s", self.name),
                    run.medical_date_pay,
                    [item for _line, item in values],
                ).id,
                "medical_posted": run._kept_places(values),
            }
        )
        run.env["medical.payroll.liability"]._keep(
            run, run.medical_date_pay, owed(lines), book
        )
        self.invalidate_recordset()

    def _journal_values(self, lines, book):
        """Rows of (entry, values of its journal item). A void takes costs back from the
        account and the cost center that its payslip was posted to, whatever they are now.
        """
        postings = self.env["medical.payroll.posting"]
        origins = self.slip_ids.grouped(
            lambda slip: slip.medical_voids_id.payslip_run_id
        )
        if not any(origins):
            return [(line, postings._journal_item(line, book)) for line in lines]
        found = [
            (line, postings._journal_item(line, book))
            for line in lines
            if line.kind not in COSTS
        ]
        for origin, slips in origins.items():
            places = origin._places()
            found += [
                (
                    line,
                    postings._journal_item(
                        line, book, places.get(f"{line.kind}:{line.department}")
                    ),
                )
                for line in entries(self._parts(slips))
                if line.kind in COSTS
            ]
        return found

    def _make_move(self, reference, day, lines, journal=None):
        """A posted entry. Lines are values of ``account.move.line``."""
        journal = journal or self.company_id.medical_payroll_journal_id
        if not journal:
            raise UserError(
                self.env._(
                    "%s has no payroll journal. The accountant sets it under Pay, "
                    "Payroll Accounts.",
                    self.company_id.name,
                )
            )
        return make_moves(self.env, self.company_id, [(reference, day, lines, journal)])

    # -------------------------------------------------------------- the payment

    def _post_payment(self):
        """Net pay leaves the bank: one line in all for deposits, one for each check."""
        self.ensure_one()
        # sudo: as above, the right to write this one entry is lent
        run = self.sudo()
        payments = run.medical_payment_ids
        if not payments:
            return
        bank = run.env["medical.payroll.bank"]._of(run.company_id)
        book = run.env["medical.payroll.posting"]._book(run.company_id)
        deposits = payments.filtered(lambda p: p.method == "deposit")
        checks = payments - deposits
        amounts = [(p.display_name, money(p.amount)) for p in checks]
        if deposits:
            total = sum((money(p.amount) for p in deposits), ZERO)
            amounts.insert(0, (self.env._("Direct deposits"), total))
        lines = [
            {
                "name": name,
                "account_id": bank.journal_id.default_account_id.id,
                "credit": float(amount),
            }
            for name, amount in amounts
        ]
        whole = sum((amount for _name, amount in amounts), ZERO)
        lines.append(
            {
                "name": self.env._("Net pay"),
                "account_id": book[NET, ""].account_id.id,
                "debit": float(whole),
            }
        )
        run._pen().medical_payment_move_id = run._make_move(
            self.env._("Net pay %s", self.name),
            # a late file takes the money from the bank on the day it settles
            run.medical_bank_file_id.date_effective or run.medical_date_pay,
            lines,
            bank.journal_id,
        )

    # -------------------------------------------------------------- the tie-out

    def _check_tied_out(self):
        found = self._tie_out()
        if found:
            raise UserError(
                self.env._(
                    "%(run)s cannot be paid: the books do not agree.\n%(what)s",
                    run=self.name,
                    what="\n".join(found),
                )
            )

    def _tie_out(self):
        """Sentences about what does not agree to the cent, or nothing."""
        self.ensure_one()
        # sudo: every book is read whole, whoever asks; sums leave it
        run = self.sudo()
        book = run.env["medical.payroll.posting"]._book(run.company_id)
        accounts = {line.account_id for line in book.values() if line.kind not in APART}
        labels = {str(account.id): account.display_name for account in accounts}
        labels |= {f"code:{c}": n for c, n in run.slip_ids._code_names().items()}
        labels[NET] = self.env._("Net pay")
        register, parts = run._register_by_code()
        _ = self.env._
        books = {
            _("payslips"): register,
            _("worksheets"): parts,
            _("register"): run._register_by_account(book),
            _("journal"): run._journal_by_account(accounts),
            _("liabilities"): run._liabilities_by_account(),
            _("payments"): {
                str(book[NET, ""].account_id.id): sum(
                    (money(p.amount) for p in run.medical_payment_ids), ZERO
                )
            },
        }
        if run.medical_kind == "void":
            del books[_("payments")]  # money is asked back, not paid out
        found = list(differences(books, labels))
        if not run.medical_move_id or run.medical_move_id.state != "posted":
            found.append(_("The journal entry is not posted."))
        found += run._bank_file_differences()
        return tuple(found)

    def _register_by_code(self):
        """Sums by code of the payslips' lines, and of the items behind them."""
        own = [("slip_id.payslip_run_id", "=", self.id)]
        sums = []
        for model, amount in (
            ("hr.payslip.line", "total"),
            ("medical.payroll.item", "amount"),
        ):
            groups = self.env[model]._read_group(own, ["code"], [f"{amount}:sum"])
            sums.append({f"code:{code}": cents(total) for code, total in groups})
        lines, items = sums
        items["code:NET"] = -sum(
            (e.amount for e in entries(self._parts()) if e.kind == NET), ZERO
        )
        lines = {key: lines.get(key, ZERO) for key in items}
        return lines, items

    def _register_by_account(self, book):
        """What the payslips owe, by account: lines by code, split by their items' key."""
        found = defaultdict(lambda: ZERO)
        postings = self.env["medical.payroll.posting"]
        for entry in entries(self._parts()):
            if entry.kind not in APART:
                posting = postings._of_entry(
                    entry.kind, entry.key, entry.department, book
                )
                found[str(posting.account_id.id)] -= entry.amount
        return dict(found)

    def _journal_by_account(self, accounts):
        groups = self.env["account.move.line"]._read_group(
            [
                ("move_id", "=", self.medical_move_id.id),
                ("account_id", "in", [account.id for account in accounts]),
            ],
            ["account_id"],
            ["balance:sum"],
        )
        return {str(account.id): -cents(balance) for account, balance in groups}

    def _liabilities_by_account(self):
        found = defaultdict(lambda: ZERO)
        for liability in self.medical_liability_ids:
            found[str(liability.account_id.id)] += money(liability.amount)
        return dict(found)
