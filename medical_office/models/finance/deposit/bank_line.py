"""Lines of a bank account, as the bank's file gives them; none is ever there twice."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ....engine.finance.bank_entries import proposed
from ...core.mixins.done import done

KEEPERS = ("core_group_accountant", "core_group_manager")
# a deposit reaches the bank within so many days
DAYS = 7


class FinanceBankLine(models.Model):
    """What the bank says of a day. It is matched with a deposit or with its entry in the
    books, or set aside with a note; entries are made where they always are."""

    _name = "medical.finance.bank.line"
    _description = "Bank Line"
    _inherit = ["medical.core.guard"]
    _order = "date desc, id desc"
    _check_company_auto = True

    _born_fields = frozenset({"journal_id", "date", "amount", "name", "key", "number"})
    _deletable_in = frozenset()

    journal_id = fields.Many2one(
        "account.journal",
        "Bank Account",
        required=True,
        index=True,
        domain="[('type', '=', 'bank')]",
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="journal_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True)
    amount = fields.Monetary(required=True, help="Positive where money came in.")
    name = fields.Char("Text", required=True)
    number = fields.Char("Number at the Bank")
    key = fields.Char(
        required=True, help="Tells the line apart when a file comes again."
    )
    deposit_id = fields.Many2one(
        "medical.finance.deposit",
        readonly=True,
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    candidate_id = fields.Many2one(
        "medical.finance.deposit", "Deposit, Probably", compute="_compute_candidate_id"
    )
    entry_line_id = fields.Many2one(
        "account.move.line",
        "Journal Item",
        readonly=True,
        check_company=True,
        ondelete="set null",
    )
    entry_candidate_id = fields.Many2one(
        "account.move.line", "Entry, Probably", compute="_compute_entry_candidate_id"
    )
    proposal = fields.Char("Probably", compute="_compute_words")
    counterpart = fields.Char(
        "Deposit or Entry",
        compute="_compute_words",
        help="What the line is matched with; while it is open, what is proposed.",
    )
    note = fields.Char(
        help="What it is, where it is neither a deposit nor in the books."
    )
    explained_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        help="Who matched it or wrote the note. Somebody else verifies the month's step.",
    )
    state = fields.Selection(
        [
            ("open", "Open"),
            ("matched", "Matched"),
            ("booked", "In the books"),
            ("other", "No deposit"),
        ],
        compute="_compute_state",
        store=True,
    )

    _key_unique = models.UniqueIndex(
        "(journal_id, key)", "This line of the bank is there already."
    )
    _entry_unique = models.UniqueIndex(
        "(entry_line_id) WHERE entry_line_id IS NOT NULL",
        "This journal item explains another line of the bank.",
    )

    @api.constrains("journal_id")
    def _check_journal(self):
        for line in self:
            if line.journal_id.type != "bank":
                raise UserError(
                    self.env._(
                        "%s is not a bank account. Choose the journal of one.",
                        line.journal_id.display_name,
                    )
                )

    @api.depends(
        "deposit_id",
        "note",
        "amount",
        "entry_line_id.parent_state",
        "entry_line_id.balance",
    )
    def _compute_state(self):
        """An entry that is taken back or changed explains its line no longer."""
        for line in self:
            # sudo: who keeps the bank's lines need not read the books
            entry = line.sudo().entry_line_id
            if line.deposit_id:
                line.state = "matched"
            elif (
                entry.parent_state == "posted"
                and not line.currency_id.compare_amounts(entry.balance, line.amount)
            ):
                line.state = "booked"
            else:
                line.state = "other" if line.note else "open"

    @api.depends("amount", "date", "state")
    def _compute_candidate_id(self):
        """The only open deposit whose part for the bank is the line's amount and whose
        day fits; with two of them a person has to say."""
        waiting = self.filtered(lambda line: line.state == "open" and line.amount > 0)
        (self - waiting).candidate_id = False
        deposits = self.env["medical.finance.deposit"]
        if waiting:
            deposits = deposits.search(
                [
                    ("company_id", "in", waiting.company_id.ids),
                    ("state", "!=", "draft"),
                    ("date", "<=", max(waiting.mapped("date"))),
                    ("date", ">=", min(waiting.mapped("date")) - timedelta(days=DAYS)),
                ]
            )
        for line in waiting:
            fits = deposits.filtered(
                lambda each, line=line: (
                    each.company_id == line.company_id
                    and 0 <= (line.date - each.date).days <= DAYS
                    and any(
                        not each.currency_id.compare_amounts(part, line.amount)
                        for part in each._open_parts()
                    )
                )
            )
            line.candidate_id = fits if len(fits) == 1 else False

    @api.depends("candidate_id", "state")
    def _compute_entry_candidate_id(self):
        found = proposed(
            self.filtered(lambda line: line.state == "open" and not line.candidate_id)
        )
        for line in self:
            line.entry_candidate_id = found.get(line.id)

    @api.depends("candidate_id", "entry_candidate_id", "deposit_id", "state")
    @api.depends_context("uid", "lang")
    def _compute_words(self):
        for line in self:
            deposit, entry = line.candidate_id, line.entry_candidate_id
            line.proposal = deposit.display_name or line._entry_words(entry)
            line.counterpart = (
                line.deposit_id.display_name
                or (line.state == "booked" and line._entry_words(line.entry_line_id))
                or line.proposal
            )

    def _entry_words(self, entry):
        """Number and day of an entry; its partner to those who read the books."""
        if not entry:
            return False
        # sudo: a number and a day tell nothing of pay or people
        words = [entry.sudo().move_id.name, format_date(self.env, entry.sudo().date)]
        own = entry.with_env(self.env)._filtered_access("read")
        return " · ".join(filter(None, [*words, own.partner_id.name]))

    def _birth_values(self, vals):
        """Whoever says what a line is has explained it: as they enter it, too."""
        return {"explained_by_id": bool(vals.get("note")) and self.env.uid}

    def write(self, vals):
        """Whoever says what a line is has explained it."""
        result = super().write(vals)
        if "note" in vals and not self._is_program():
            self._pen().explained_by_id = bool(vals["note"]) and self.env.uid
        return result

    def action_match(self):
        """Match each line with the deposit or the entry that is proposed for it.

        :raises UserError: one of them has no proposal
        """
        self._check_caller(*KEEPERS)
        self.check_access("write")
        taken = set()  # a deposit's amount and an entry are matched once
        chosen = []
        for line in self:
            found = line.candidate_id or line.entry_candidate_id
            if not found or (found, line.amount) in taken:
                raise UserError(
                    self.env._(
                        "%(day)s, %(text)s: no single deposit of the last %(days)s days "
                        "and no single entry on the account is still open for this "
                        "amount. Book it first, or write in “Note” what the line is.",
                        day=format_date(self.env, line.date),
                        text=line.name,
                        days=DAYS,
                    )
                )
            taken.add((found, line.amount))
            chosen.append((line, found))
        for line, found in chosen:
            name = "deposit_id" if found == line.candidate_id else "entry_line_id"
            line._pen().write({name: found.id, "explained_by_id": self.env.uid})
        self.deposit_id._compare()
        return self._said(self.env._("Matched:"), self.deposit_id)

    def _said(self, words, deposits):
        """Deposits as links; where there are none, how many lines it was."""
        if deposits:
            return done(self.env, words, deposits)
        return done(
            self.env, self.env._("%(words)s %(count)s.", words=words, count=len(self))
        )

    def action_release(self):
        """Take lines off their deposits and entries again."""
        self._check_caller(*KEEPERS)
        self.check_access("write")
        deposits = self.deposit_id
        if any(deposit.state == "approved" for deposit in deposits):
            raise UserError(
                self.env._("The deposit is approved; its lines stay with it.")
            )
        self._pen().write(
            {"deposit_id": False, "entry_line_id": False, "explained_by_id": False}
        )
        deposits._compare()
        return self._said(self.env._("Taken off:"), deposits)

    def action_open_match(self):
        """Show the deposit or the entry that explains a line, or the one proposed."""
        self._check_caller(*KEEPERS, "core_group_director")
        self.ensure_one()
        entry = self.entry_line_id or self.entry_candidate_id
        found = self.deposit_id or self.candidate_id or entry.move_id
        if not found:
            raise UserError(self.env._("Nothing is proposed for this line."))
        found.check_access("read")
        return found.get_formview_action()

    def _kept_message(self):
        return self.env._("A line of the bank is kept: write in “Note” what it is.")

    @api.model
    def _plan(self, journal, lines):
        """Which lines of a file are new to an account.

        :param lines: ``tools.finance.bank.lines.BankLine``
        :return: (values to create, how many are known already)
        """
        known = set(
            self.search(
                [
                    ("journal_id", "=", journal.id),
                    ("key", "in", [line.key for line in lines]),
                ]
            ).mapped("key")
        )
        fresh = {line.key: line for line in lines if line.key not in known}
        return [
            {
                "journal_id": journal.id,
                "date": line.day,
                "amount": float(line.amount),
                "name": line.text or line.number or "-",
                "number": line.number,
                "key": line.key,
            }
            for line in fresh.values()
        ], len(lines) - len(fresh)
