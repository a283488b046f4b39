"""A budget exception: so much more in one month, asked for by one person and allowed by
another."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ....engine.core.months import short_month
from ...core.mixins.decidable import Waiting
from ...core.mixins.guard import ALL, AllBut

ASKERS = ("core_group_head", "core_group_accountant")
APPROVERS = ("core_group_manager", "core_group_director")


class FinanceException(models.Model):
    """It changes no budget: what was spent by it shows as over budget."""

    _name = "medical.finance.exception"
    _description = "Budget Exception"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "id desc"
    _check_company_auto = True

    _transitions = {
        ("requested", "approved"): APPROVERS,
        ("requested", "refused"): APPROVERS,
    }
    # neither who asks nor who buys is the second person
    _segregated = {"approved": ("asked_by_id", "buyer_id")}
    _reason_required = frozenset({"refused"})
    _reason_methods = frozenset({"action_refuse"})
    _decisions = {
        "requested": Waiting("action_approve", "action_refuse", to="approved", days=2)
    }
    _decision_domain = "finance"
    _locked = {"requested": AllBut({"reason"}), "approved": ALL, "refused": ALL}
    _deletable_in = frozenset()

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    department_id = fields.Many2one(
        "hr.department",
        index=True,
        ondelete="restrict",
        check_company=True,
        help="Empty: the category of the whole practice.",
    )
    category_id = fields.Many2one(
        "medical.finance.category", required=True, ondelete="restrict"
    )
    month = fields.Date(
        required=True,
        index=True,
        default=lambda self: fields.Date.context_today(self).replace(day=1),
    )
    amount = fields.Monetary(
        "Beyond the Budget", required=True, aggregator="sum", tracking=True
    )
    reason = fields.Text(required=True)
    order_id = fields.Many2one(
        "purchase.order", readonly=True, index="btree_not_null", ondelete="set null"
    )
    buyer_id = fields.Many2one("res.users", readonly=True)
    asked_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    state = fields.Selection(
        [
            ("requested", "To approve"),
            ("approved", "Allowed"),
            ("refused", "Refused"),
        ],
        required=True,
        default="requested",
        readonly=True,
        index=True,
        copy=False,
    )

    _positive = models.Constraint(
        "CHECK (amount > 0)", "An exception is for more than nothing."
    )
    _first_day = models.Constraint(
        "CHECK (extract(day FROM month) = 1)", "A month is written as its first day."
    )

    @api.depends("department_id", "category_id", "month")
    def _compute_display_name(self):
        for row in self:
            row.display_name = ", ".join(
                filter(
                    None,
                    [
                        self.env._("Budget exception"),
                        row.department_id.name,
                        row.category_id.name,
                        row.month and short_month(self.env, row.month),
                    ],
                )
            )

    def _birth_values(self, vals):
        return {} if self._holds_pen() else {"asked_by_id": self.env.uid}

    @api.model_create_multi
    def create(self, vals_list):
        """:raises AccessError: a department that the user does not head"""
        self._check_values(vals_list)
        for vals in vals_list:
            if vals.get("month"):
                month = fields.Date.to_date(vals["month"])
                vals["month"] = month.replace(day=1)
        made = super().create(vals_list)
        if not self._is_program():
            made._check_asker()
        return made

    def _check_asker(self):
        if self._guard_user_in(("core_group_manager", "core_group_accountant")):
            return
        foreign = self.department_id - self.env.user.medical_headed_department_ids
        if foreign or not all(row.department_id for row in self):
            raise AccessError(
                self.env._(
                    "%s: you do not head this department. Ask its head or the office "
                    "manager.",
                    foreign[:1].name or self.env._("The whole practice"),
                )
            )

    def action_approve(self):
        """Allow it, as somebody who neither asked nor buys, within the own limit."""
        self._check_caller(*APPROVERS)
        self._move_to("approved")

    def action_refuse(self, reason):
        """Do not allow it."""
        self._check_caller(*APPROVERS)
        self._move_to("refused", reason)

    def _before_approved(self):
        """:raises UserError: the month is closed; AccessError: more than the limit"""
        grants = self.env["medical.finance.grant"]
        limits = self.env["medical.core.limit"]
        for row in self:
            grants._check_open(row.company_id, [row.month])
            limits._check_amount("budget", row, row.amount, row.department_id)

    def _state_values(self, state, reason):
        return {"decided_by_id": self.env.uid}

    def _decision_amount(self):
        return self.amount

    @api.model
    def _ask(self, standings, reason, order=None):
        """Ask for what is over, a row for each budget that has none waiting.

        :param standings: of ``BudgetControl``, those that are over
        :raises UserError: no reason
        """
        reason = self._reason_given(
            reason, self.env._("Say why it cannot wait for the next budget.")
        )
        company = order.company_id if order else self.env.company
        # sudo: the program asks for the user, with what the budget lacks
        made = (
            self.sudo()
            ._pen()
            .create(
                [
                    {
                        "company_id": company.id,
                        "department_id": each.department,
                        "category_id": each.category,
                        "month": each.month,
                        "amount": float(each.over),
                        "reason": reason,
                        "order_id": order.id if order else False,
                        "buyer_id": order.user_id.id if order else False,
                        "asked_by_id": self.env.uid,
                    }
                    for each in standings
                ]
            )
        )
        return made.with_env(self.env)
