"""Contracts with payers: term, renewal, notice, escalator, and the prices they name."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....models.core.mixins.decidable import Waiting
from ....models.core.mixins.guard import AllBut
from ....tools.payer.price.contract import notice_window, term_end

KEEPERS = ("core_group_accountant", "core_group_manager")
FREE = frozenset({"user_id", "note", "remind_days"})


class PayerContract(models.Model):
    """What the practice agreed with a payer. The director approves what others enter."""

    _name = "medical.payer.contract"
    _description = "Payer Contract"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "payer_id, date_from desc, id"

    _transitions = {
        ("draft", "submitted"): KEEPERS,
        ("submitted", "in_force"): "core_group_director",
        ("submitted", "draft"): ("core_group_director", *KEEPERS),
        ("in_force", "ended"): KEEPERS,
    }
    _segregated = {"in_force": ("create_uid", "submitted_by_id")}
    _reason_required = frozenset({("submitted", "draft"), "ended"})
    _reason_methods = frozenset({"action_return", "action_end", "action_answer_notice"})
    _decisions = {
        "submitted": Waiting("action_approve", "action_return", to="in_force")
    }
    _decision_domain = "payer"
    _editors = {"*": KEEPERS}
    _born_fields = frozenset({"payer_id"})
    _locked = {
        "submitted": AllBut(FREE),
        "in_force": AllBut(FREE),
        "ended": AllBut({"note"}),
    }
    _deletable_in = frozenset({"draft"})

    name = fields.Char("Contract", required=True, help="As the payer calls it.")
    payer_id = fields.Many2one(
        "medical.payer.payer", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="payer_id.company_id", store=True, index=True, precompute=True
    )
    line_ids = fields.Many2many("medical.payer.line", string="Lines of business")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("in_force", "In force"),
            ("ended", "Ended"),
        ],
        "Status",
        required=True,
        default="draft",
        readonly=True,
        index=True,
        copy=False,
    )
    user_id = fields.Many2one(
        "res.users", "Responsible", default=lambda self: self.env.user
    )
    submitted_by_id = fields.Many2one(
        "res.users", "Submitted by", readonly=True, copy=False
    )
    approved_by_id = fields.Many2one(
        "res.users", "Approved by", readonly=True, copy=False
    )
    date_from = fields.Date("In force from", required=True, tracking=True)
    date_to = fields.Date(
        "End of the first term", required=True, tracking=True, help="Last day."
    )
    renews_months = fields.Integer(
        "Renews by (months)",
        aggregator=None,
        tracking=True,
        help="By how many months an evergreen contract renews itself. 0: it ends.",
    )
    notice_days = fields.Integer(
        "Notice (days)",
        default=90,
        aggregator=None,
        tracking=True,
        help="Calendar days before the end of a term.",
    )
    remind_days = fields.Integer(
        "Remind ahead (days)",
        default=60,
        aggregator=None,
        help="How long before the last day of notice the window opens in the cockpit.",
    )
    escalator_percent = fields.Float(
        "Escalator per year (%)",
        digits=(6, 3),
        aggregator=None,
        tracking=True,
        help="By how much the prices rise on each anniversary of a fee schedule.",
    )
    term_end = fields.Date("Term ends", compute="_compute_window")
    notice_opens = fields.Date("Notice window opens", compute="_compute_window")
    notice_closes = fields.Date("Last day of notice", compute="_compute_window")
    is_window_open = fields.Boolean(compute="_compute_window")
    notice_answer = fields.Char("Decided for this term", readonly=True, copy=False)
    notice_term = fields.Date("Decided for the term to", readonly=True, copy=False)
    schedule_ids = fields.One2many(
        "medical.payer.schedule", "contract_id", "Fee schedules"
    )
    note = fields.Text()

    _dates = models.Constraint(
        "CHECK (date_to >= date_from)",
        "The end of the first term is before its start.",
    )
    _days = models.Constraint(
        "CHECK (renews_months >= 0 AND notice_days >= 0 AND remind_days >= 0)",
        "Months and days are counted from 0 up.",
    )
    _escalator = models.Constraint(
        "CHECK (escalator_percent > -100 AND escalator_percent < 100)",
        "An escalator is a percent between -100 and 100.",
    )

    @api.depends("name", "payer_id")
    def _compute_display_name(self):
        for contract in self:
            names = (contract.payer_id.name, contract.name)
            contract.display_name = ", ".join(filter(None, names))

    @api.depends("date_to", "renews_months", "notice_days", "remind_days")
    @api.depends_context("tz")
    def _compute_window(self):
        """On today's date: the next window in which notice can still be given."""
        today = fields.Date.context_today(self)
        for contract in self:
            if not contract.date_to:
                contract.term_end = contract.notice_opens = False
                contract.notice_closes = contract.is_window_open = False
                continue
            window = notice_window(
                contract.date_to,
                contract.renews_months,
                contract.notice_days,
                today,
                contract.remind_days,
            )
            contract.term_end = term_end(
                contract.date_to, contract.renews_months, today
            )
            contract.notice_opens = window.opens
            contract.notice_closes = window.closes
            contract.is_window_open = window.opens <= today <= window.closes

    # ---------------------------------------------------------------------- buttons

    def action_submit(self):
        """Hand the contract to the director."""
        self._check_caller(*KEEPERS)
        self._move_to("submitted")

    def action_approve(self):
        """The director has read it: it is in force."""
        self._check_caller("core_group_director")
        self._move_to("in_force")

    def action_return(self, reason):
        """Send it back to be corrected."""
        self._check_caller("core_group_director", *KEEPERS)
        self._move_to("draft", reason)

    def action_end(self, reason):
        """The contract has ended, or notice was given."""
        self._check_caller(*KEEPERS)
        self._move_to("ended", reason)

    def action_answer_notice(self, reason):
        """Say what was decided for the window that is open: renew, renegotiate, end.

        :raises UserError: no window is open
        """
        self._check_caller("core_group_director", *KEEPERS)
        self.check_access("write")
        reason = self._reason_given(reason)
        today = fields.Date.context_today(self)
        for contract in self:
            if contract.state != "in_force" or not contract.is_window_open:
                raise UserError(
                    self.env._(
                        "%s: no notice window is open today.", contract.display_name
                    )
                )
            end = term_end(contract.date_to, contract.renews_months, today)
            contract._pen().write({"notice_answer": reason, "notice_term": end})
            contract._message_log(body=self.env._("Notice window: %s", reason))

    def _state_values(self, state, reason):
        return {
            "submitted": {"submitted_by_id": self.env.uid},
            "in_force": {"approved_by_id": self.env.uid},
        }.get(state, {})
