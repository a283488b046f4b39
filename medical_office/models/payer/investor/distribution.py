"""Distributions: computed from the holdings of a day, approved by a second person."""

from decimal import Decimal

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ....models.core.mixins.decidable import Waiting
from ....models.core.mixins.guard import AllBut
from ....tools.payer.invest.distribution import divide
from .investor import KEEPERS


class PayerDistribution(models.Model):
    """The accountant prepares, the director approves; nobody does both."""

    _name = "medical.payer.distribution"
    _description = "Distribution"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "record_on desc, id desc"
    _past_fields = frozenset({"paid_on"})

    _transitions = {
        ("draft", "submitted"): KEEPERS,
        ("submitted", "approved"): "core_group_director",
        ("submitted", "draft"): KEEPERS,
        ("approved", "paid"): "core_group_accountant",
    }
    _segregated = {"approved": ("create_uid", "submitted_by_id")}
    _reason_required = frozenset({("submitted", "draft")})
    _reason_methods = frozenset({"action_return"})
    _decisions = {
        "submitted": Waiting("action_approve", "action_return", to="approved")
    }
    _decision_domain = "payer"
    _editors = {"*": KEEPERS}
    _locked = {
        "submitted": AllBut({"note"}),
        "approved": AllBut({"note", "paid_on"}),
        "paid": AllBut({"note"}),
    }
    _deletable_in = frozenset({"draft"})

    name = fields.Char(required=True, help="Such as “Third quarter 2026”.")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    record_on = fields.Date(
        "Record day",
        required=True,
        default=fields.Date.context_today,
        help="Who holds on this day takes part.",
    )
    amount = fields.Monetary(required=True, tracking=True, aggregator="sum")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("approved", "Approved"),
            ("paid", "Paid"),
        ],
        "Status",
        required=True,
        default="draft",
        readonly=True,
        index=True,
        copy=False,
    )
    submitted_by_id = fields.Many2one(
        "res.users", "Submitted by", readonly=True, copy=False
    )
    approved_by_id = fields.Many2one(
        "res.users", "Approved by", readonly=True, copy=False
    )
    paid_on = fields.Date("Paid on", copy=False)
    note = fields.Text()
    line_ids = fields.One2many(
        "medical.payer.distribution.line", "distribution_id", "Parts", copy=False
    )

    _amount_positive = models.Constraint(
        "CHECK (amount > 0 AND amount <= 1000000000000)",
        "A distribution is more than 0, and a trillion at most.",
    )

    def _decision_amount(self):
        return self.amount

    def action_submit(self):
        """Compute each investor's part and hand it to the director.

        :raises UserError: nobody holds anything on the record day
        """
        self._check_caller(*KEEPERS)
        self._move_to("submitted")

    def action_approve(self):
        """A second person has compared the parts with the register."""
        self._check_caller("core_group_director")
        self._move_to("approved")

    def action_return(self, reason):
        """Send it back; the parts are computed again when it is submitted."""
        self._check_caller(*KEEPERS)
        self._move_to("draft", reason)

    def action_pay(self):
        """The money has left the bank."""
        self._check_caller("core_group_accountant")
        self._move_to("paid")

    def _before_submitted(self):
        for distribution in self:
            distribution._divide()

    def _before_paid(self):
        missing = self.filtered(lambda one: not one.paid_on)
        if missing:
            raise UserError(
                self.env._("%s: enter “Paid on” first.", missing[0].display_name)
            )

    def _divide(self):
        """Write the parts anew; they add up to the amount to the cent."""
        self.ensure_one()
        holdings = self.env["medical.payer.holding"]._on(
            self.company_id, self.record_on
        )
        units = {
            investor: Decimal(str(held))
            for investor, held in sorted(holdings.items(), key=lambda pair: pair[0].id)
        }
        try:
            parts = divide(Decimal(str(self.amount)), units)
        except ValueError as error:
            raise UserError(
                self.env._(
                    "%(what)s: nobody holds anything on %(day)s. Enter the holdings, or "
                    "choose another record day.",
                    what=self.name,
                    day=format_date(self.env, self.record_on),
                )
            ) from error
        # sudo: the parts are the program's, whoever submits
        self.sudo()._pen().write(
            {
                "line_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {
                                "investor_id": investor.id,
                                "units": float(units[investor]),
                                "amount": float(part),
                            }
                        )
                        for investor, part in parts.items()
                    ),
                ]
            }
        )

    def _state_values(self, state, reason):
        return {
            "submitted": {"submitted_by_id": self.env.uid},
            "approved": {"approved_by_id": self.env.uid},
        }.get(state, {})


class PayerDistributionLine(models.Model):
    """One investor's part; written by the program alone."""

    _name = "medical.payer.distribution.line"
    _description = "Part of a Distribution"
    _inherit = ["medical.core.guard"]
    _order = "amount desc, id"
    _locked_by = ("distribution_id",)

    distribution_id = fields.Many2one(
        "medical.payer.distribution",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="distribution_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    investor_id = fields.Many2one(
        "medical.payer.investor",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    units = fields.Float(readonly=True, digits=(16, 4), aggregator="sum")
    amount = fields.Monetary(readonly=True, aggregator="sum")

    @api.depends("investor_id", "distribution_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = ", ".join(
                filter(None, [line.investor_id.name, line.distribution_id.name])
            )
