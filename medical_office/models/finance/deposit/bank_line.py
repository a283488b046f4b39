"""Lines of a bank account, as the bank's file gives them; none is ever there twice."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...core.mixins.done import done

KEEPERS = ("core_group_accountant", "core_group_manager")
# a deposit reaches the bank within so many days
DAYS = 7


class FinanceBankLine(models.Model):
    """What the bank says of a day. It is matched with a deposit, or set aside with a note;
    entries are made where they always are."""

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
        "medical.finance.deposit", "Probably", compute="_compute_candidate_id"
    )
    note = fields.Char(help="What it is, where it is no deposit.")
    state = fields.Selection(
        [("open", "Open"), ("matched", "Matched"), ("other", "No deposit")],
        compute="_compute_state",
        store=True,
    )

    _key_unique = models.UniqueIndex(
        "(journal_id, key)", "This line of the bank is there already."
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

    @api.depends("deposit_id", "note")
    def _compute_state(self):
        for line in self:
            if line.deposit_id:
                line.state = "matched"
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

    def action_match(self):
        """Match each line with the deposit that is proposed for it.

        :raises UserError: one of them has no proposal
        """
        self._check_caller(*KEEPERS)
        self.check_access("write")
        taken = set()  # a deposit's amount is matched once
        for line in self:
            part = (line.candidate_id, line.amount)
            if not line.candidate_id or part in taken:
                raise UserError(
                    self.env._(
                        "%(day)s, %(text)s: no single deposit of the last %(days)s days "
                        "is still open for this amount. Write in “Note” what the line "
                        "is.",
                        day=format_date(self.env, line.date),
                        text=line.name,
                        days=DAYS,
                    )
                )
            taken.add(part)
        for line in self:
            line._pen().deposit_id = line.candidate_id
        self.deposit_id._compare()
        return done(self.env, self.env._("Matched:"), self.deposit_id)

    def action_release(self):
        """Take lines off their deposits again."""
        self._check_caller(*KEEPERS)
        self.check_access("write")
        deposits = self.deposit_id
        if any(deposit.state == "approved" for deposit in deposits):
            raise UserError(
                self.env._("The deposit is approved; its lines stay with it.")
            )
        self._pen().write({"deposit_id": False})
        deposits._compare()
        return done(self.env, self.env._("Taken off:"), deposits)

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
