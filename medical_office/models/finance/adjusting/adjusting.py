"""Adjusting entries: proposed by the program, posted by the accountant, taken back."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_amount

from ....engine.core.months import short_month
from ...core.check.answerable import Answerable, finding
from ...core.check.check import CheckResult

KEEPERS = ("core_group_accountant", "core_group_manager")
POSTERS = "core_group_accountant"
READERS = ("core_group_accountant", "core_group_director")  # of the books themselves
KINDS = [
    ("payroll", "Pay across the month's end"),
    ("receipts", "Goods received and not billed"),
    ("prepaid", "Prepaid"),
    ("depreciation", "Depreciation"),
]


class FinanceAdjusting(models.Model):
    """One draft entry of a month. Never two for the same month and source; what is taken
    back is taken back on the first of the next month, by the program."""

    _name = "medical.finance.adjusting"
    _description = "Adjusting Entry"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "month desc, kind, id"

    _transitions = {
        # by ``action_post`` or in the books themselves; the program notes it
        ("draft", "posted"): None,
        ("draft", "dismissed"): KEEPERS,
        ("dismissed", "draft"): KEEPERS,
    }
    _reason_required = frozenset({"dismissed"})
    _reason_methods = frozenset({"action_dismiss"})
    _strict_fields = frozenset({"move_id", "reversal_id", "close_id", "kind"})
    _locked_by = ("close_id",)
    _deletable_in = frozenset()

    close_id = fields.Many2one(
        "medical.finance.close",
        "Month-End Close",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(related="close_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(related="close_id.month", store=True, index=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    key = fields.Char(
        required=True, readonly=True, help="Tells the sources of a month apart."
    )
    spread_id = fields.Many2one(
        "medical.finance.spread",
        "Prepaid or Depreciation",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    name = fields.Char("What", required=True, readonly=True)
    working = fields.Text("How It Was Figured", readonly=True)
    amount = fields.Monetary(readonly=True, aggregator="sum")
    is_estimate = fields.Boolean("Estimated", readonly=True)
    is_reversed = fields.Boolean("Taken Back", readonly=True)
    digest = fields.Char(readonly=True, help="Of the lines as they were proposed.")
    move_id = fields.Many2one(
        "account.move",
        "Entry",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    move_state = fields.Selection(related="move_id.state", string="Entry Status")
    reversal_id = fields.Many2one(
        "account.move", "Taken Back by", readonly=True, ondelete="set null"
    )
    posted_by_id = fields.Many2one("res.users", readonly=True)
    posted_at = fields.Datetime(readonly=True)
    reason = fields.Text("Not Posted Because", readonly=True)
    state = fields.Selection(
        [("draft", "Proposed"), ("posted", "Posted"), ("dismissed", "Left out")],
        required=True,
        readonly=True,
        default="draft",
        index=True,
    )

    # nothing is accrued twice for a month, whatever runs twice
    _source_unique = models.UniqueIndex(
        "(company_id, month, kind, key)",
        "This was proposed for the month already.",
    )

    @api.depends("name", "month")
    def _compute_display_name(self):
        for row in self:
            month = row.month and short_month(self.env, row.month)
            row.display_name = ", ".join(filter(None, [row.name, month]))

    def action_post(self):
        """Post the entries, and what takes them back on the first of the next month.

        :raises UserError: the month is signed, or an entry was deleted by hand
        """
        self._check_caller(POSTERS)
        self.check_access("write")
        self._check_waiting()
        for row in self:
            if not row.move_id:
                raise UserError(
                    self.env._(
                        "%s has no draft entry any longer. Recalculate the month.",
                        row.display_name,
                    )
                )
        # sudo: the step was checked; what the entry holds was worked out by the program
        moves = self.sudo().move_id.filtered(lambda move: move.state == "draft")
        moves.action_post()
        self.sudo()._note_posted()  # sudo: as above

    def action_dismiss(self, reason):
        """Leave a proposal out of the month; its draft entry is deleted."""
        self._check_caller(*KEEPERS)
        self._check_waiting()
        self._move_to("dismissed", reason)

    def action_propose(self):
        """Propose again what was left out."""
        self._check_caller(*KEEPERS)
        self.close_id._check_open()
        self._move_to("draft")
        for close in self.close_id:
            self._propose(close)

    def action_open_entry(self):
        """Open the entry in the books."""
        self._check_caller(*READERS)
        self.ensure_one()
        self.move_id.check_access("read")
        return self.move_id.get_formview_action()

    def _check_waiting(self):
        self.close_id._check_open()
        for row in self:
            if row.state != "draft":
                raise UserError(
                    self.env._(
                        "%(entry)s is “%(state)s”. Reload the page.",
                        entry=row.display_name,
                        state=row._guard_state_label(),
                    )
                )

    def _state_values(self, state, reason):
        if state == "posted":
            return {"posted_by_id": self.env.uid, "posted_at": fields.Datetime.now()}
        return {"reason": reason if state == "dismissed" else False}

    def _after_dismissed(self):
        # sudo: the draft entry is the program's own
        drafts = self.sudo().move_id.filtered(lambda move: move.state == "draft")
        drafts.unlink()

    def _note_posted(self):
        """Note those whose entry was posted, here or in the books, and take back what is
        to be taken back."""
        fresh = self.filtered(
            lambda row: row.state == "draft" and row.move_id.state == "posted"
        )
        fresh._pen()._move_to("posted")
        for row in fresh:
            if row.is_reversed and not row.reversal_id:
                row._take_back()

    def _take_back(self):
        """Post the same entry the other way round on the first of the next month."""
        self.ensure_one()
        move = self.move_id
        back = move._reverse_moves(
            [
                {
                    "date": fields.Date.add(self.close_id.date_end, days=1),
                    "ref": self.env._("Taken back: %s", move.ref),
                }
            ],
            cancel=False,
        )
        back.action_post()
        self._pen().reversal_id = back

    def _medical_answerable(self):
        self.ensure_one()
        closes = self.env["medical.finance.close"]
        return Answerable(
            closes._role_user("accountant", self.company_id),
            closes._role_user("manager", self.company_id),
            False,
            self.company_id.id,
        )

    @api.model
    def _medical_check_missing(self):
        """Adjusting entries of open months that are past their day and not posted."""
        today = fields.Date.context_today(self)
        rows = self.search([("close_id.state", "=", "open")])
        late = {
            step.close_id: step.date_due
            for step in self.env["medical.finance.close.step"].search(
                [("close_id", "in", rows.close_id.ids), ("evidence", "=", "adjusting")]
            )
        }
        found = [
            finding(
                row,
                self.env._(
                    "%(entry)s: %(amount)s is not posted",
                    entry=row.display_name,
                    amount=format_amount(self.env, row.amount, row.currency_id),
                ),
                money_at_risk=abs(row.amount),
            )
            for row in rows
            if (row.state == "draft" or row.move_state != "posted")
            and row.state != "dismissed"
            and (due := late.get(row.close_id))
            and due < today
        ]
        return CheckResult(looked_at=len(rows), rows=found)
