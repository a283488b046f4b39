"""Notices of payers: what they announce or ask for, until when, and proof of the answer."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ....models.core.check.answerable import Answerable, finding
from ....models.core.check.check import CheckResult
from ....models.core.mixins.guard import AllBut

KEEPERS = ("core_group_hr", "core_group_manager", "core_group_accountant")
KINDS = [
    ("fee", "Fee change"),
    ("policy", "Policy"),
    ("audit", "Audit"),
    ("records", "Record request"),
    ("termination", "Termination"),
    ("other", "Other"),
]
SOON_DAYS = 7
UNSORTED_DAYS = 2


class PayerNotice(models.Model):
    """One letter, mail or portal message of a payer. What came stays as it came."""

    _name = "medical.payer.notice"
    _description = "Payer Notice"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "response_due, id"

    _transitions = {
        ("new", "working"): KEEPERS,
        ("new", "answered"): KEEPERS,
        ("working", "answered"): KEEPERS,
        ("new", "closed"): KEEPERS,
        ("working", "closed"): KEEPERS,
        ("closed", "working"): KEEPERS,
    }
    _reason_required = frozenset({"closed", ("closed", "working")})
    _reason_methods = frozenset({"action_close", "action_reopen"})
    _editors = {"*": KEEPERS}
    _born_fields = frozenset({"received_on", "sender"})
    _past_fields = frozenset({"received_on", "sent_on"})
    _locked = {
        "answered": AllBut({"note"}),
        "closed": AllBut({"note", "payer_id"}),
    }
    _deletable_in = frozenset()

    name = fields.Char("Subject", required=True)
    payer_id = fields.Many2one(
        "medical.payer.payer",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        help="Empty: nobody knows yet who sent it.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(KINDS, "Type", tracking=True)
    state = fields.Selection(
        [
            ("new", "New"),
            ("working", "In progress"),
            ("answered", "Answered"),
            ("closed", "No answer needed"),
        ],
        "Status",
        required=True,
        default="new",
        readonly=True,
        index=True,
        copy=False,
    )
    sender = fields.Char("Came from")
    received_on = fields.Date(
        "Received on", required=True, default=fields.Date.context_today
    )
    response_due = fields.Date("Answer by", tracking=True)
    effective_on = fields.Date("Takes effect on", tracking=True)
    user_id = fields.Many2one(
        "res.users", "Responsible", index="btree_not_null", tracking=True
    )
    file = fields.Binary("Notice", attachment=True)
    file_name = fields.Char()
    proof = fields.Binary(
        "Proof of sending",
        attachment=True,
        copy=False,
        help="The fax report, the postal receipt or the portal's confirmation.",
    )
    proof_name = fields.Char(copy=False)
    sent_on = fields.Date("Answer sent on", copy=False, tracking=True)
    answered_by_id = fields.Many2one(
        "res.users", "Answered by", readonly=True, copy=False
    )
    note = fields.Text()

    _sent = models.Constraint(
        "CHECK (sent_on IS NULL OR sent_on >= received_on)",
        "The answer cannot have been sent before the notice came.",
    )

    # ---------------------------------------------------------------------- buttons

    def action_work(self):
        """Take it on: it has a payer, a type and somebody responsible."""
        self._check_caller(*KEEPERS)
        self._move_to("working")

    def action_answer(self):
        """The answer went out, with proof.

        :raises UserError: day or proof of sending are missing
        """
        self._check_caller(*KEEPERS)
        self._move_to("answered")

    def action_close(self, reason):
        """Nothing has to be answered."""
        self._check_caller(*KEEPERS)
        self._move_to("closed", reason)

    def action_reopen(self, reason):
        """It has to be answered after all."""
        self._check_caller(*KEEPERS)
        self._move_to("working", reason)

    def _before_working(self):
        self._check_sorted()

    def _before_answered(self):
        self._check_sorted()
        for notice in self:
            if not notice.sent_on or not notice.proof:
                raise UserError(
                    self.env._(
                        "%s: enter when the answer was sent and attach the proof of "
                        "sending.",
                        notice.name,
                    )
                )

    def _check_sorted(self):
        for notice in self:
            if not notice.payer_id or not notice.kind or not notice.user_id:
                raise UserError(
                    self.env._(
                        "%s: choose the payer, the type and who is responsible first.",
                        notice.name,
                    )
                )

    def _state_values(self, state, reason):
        return {"answered": {"answered_by_id": self.env.uid}}.get(state, {})

    # -------------------------------------------------------------------- the check

    def _medical_answerable(self):
        # sudo: who answers is named, whoever looks
        own = self.sudo()
        return Answerable(
            user_id=own.user_id.id or own.payer_id.user_id.id,
            backup_id=own.payer_id.user_id.id,
            department_id=False,
            company_id=own.company_id.id,
        )

    @api.model
    def _medical_check_unanswered(self):
        """Notices that are due within a week, late, or that nobody has sorted."""
        today = fields.Date.context_today(self)
        waiting = self.search([("state", "in", ("new", "working"))])
        unsorted = fields.Date.subtract(today, days=UNSORTED_DAYS)
        keepers = self.env["medical.people.document"]._medical_keepers(
            waiting.company_id
        )
        rows = []
        for notice in waiting:
            words = {
                "what": notice.name,
                "who": notice.payer_id.name or self.env._("unknown payer"),
                "day": format_date(self.env, notice.response_due),
            }
            due = notice.response_due
            if due and due < today:
                text = self.env._(
                    "“%(what)s” of %(who)s: the answer was due on %(day)s.", **words
                )
            elif due and fields.Date.subtract(due, days=SOON_DAYS) <= today:
                text = self.env._(
                    "“%(what)s” of %(who)s: the answer is due on %(day)s.", **words
                )
            elif not notice.payer_id:
                text = self.env._(
                    "“%(what)s” from %(sender)s: no payer has this address. Choose the "
                    "payer, and add the address to it.",
                    what=notice.name,
                    sender=notice.sender or self.env._("nobody named"),
                )
            elif notice.state == "new" and notice.received_on <= unsorted:
                text = self.env._(
                    "“%(what)s” of %(who)s: nobody has taken it on. Say its type, who is "
                    "responsible and until when it is to be answered.",
                    **words,
                )
            else:
                continue
            late = bool(due and due < today)
            heavy = notice.kind in ("audit", "records", "termination")
            severity = "critical" if late and heavy else "high" if late else None
            row = finding(notice, text, severity=severity, date_due=due or None)
            if not row.user_id:  # a mail of a stranger: who keeps the records sorts it
                row = row._replace(user_id=keepers[notice.company_id].id)
            rows.append(row)
        return CheckResult(len(waiting), rows)
