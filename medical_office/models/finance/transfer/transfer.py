"""Granted money moved to another line or month, asked for by one, approved by another."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ....engine.core.months import short_month
from ....tools.money import ZERO, cents
from ...core.mixins.decidable import Waiting
from ...core.mixins.guard import ALL

ASKERS = "core_group_head"
APPROVERS = ("core_group_manager", "core_group_director")


class FinanceTransfer(models.Model):
    """Approval writes two rows of the budget; neither line falls below zero."""

    _name = "medical.finance.transfer"
    _description = "Budget Transfer"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "id desc"
    _check_company_auto = True

    _transitions = {
        ("draft", "requested"): ASKERS,
        ("requested", "draft"): APPROVERS,
        ("requested", "approved"): APPROVERS,
    }
    _segregated = {"approved": ("requested_by_id", "create_uid", "writer_ids")}
    _written_by = "writer_ids"
    _reason_required = frozenset({("requested", "draft")})
    _reason_methods = frozenset({"action_send_back"})
    _decisions = {
        "requested": Waiting("action_approve", "action_send_back", to="approved")
    }
    _decision_domain = "finance"
    _locked = {"requested": ALL, "approved": ALL}
    _deletable_in = frozenset({"draft"})

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    from_department_id = fields.Many2one(
        "hr.department", required=True, index=True,
        ondelete="restrict", check_company=True,
        default=lambda self: self._default_department(),
    )  # fmt: skip
    from_category_id = fields.Many2one(
        "medical.finance.category", required=True, ondelete="restrict"
    )
    from_month = fields.Date(required=True, default=lambda self: self._default_month())
    to_department_id = fields.Many2one(
        "hr.department", required=True, index=True,
        ondelete="restrict", check_company=True,
        default=lambda self: self._default_department(),
    )  # fmt: skip
    to_category_id = fields.Many2one(
        "medical.finance.category", required=True, ondelete="restrict"
    )
    to_month = fields.Date(required=True, default=lambda self: self._default_month())
    amount = fields.Monetary(required=True, aggregator="sum", tracking=True)
    reason = fields.Text(required=True)
    from_granted = fields.Monetary(
        "Granted There", compute="_compute_granted", compute_sudo=True, aggregator=None
    )
    from_left = fields.Monetary(
        "Left There",
        compute="_compute_granted",
        compute_sudo=True,
        aggregator=None,
        help="Granted less used, ordered and asked for, before the transfer.",
    )
    to_granted = fields.Monetary(
        "Granted Here", compute="_compute_granted", compute_sudo=True, aggregator=None
    )
    grant_ids = fields.One2many("medical.finance.grant", "transfer_id", readonly=True)
    writer_ids = fields.Many2many(
        "res.users",
        "medical_finance_transfer_writer_rel",
        "transfer_id",
        "user_id",
        "Entered by",
        readonly=True,
        copy=False,
        help="Everybody who entered or changed what is moved: none of them approves it.",
    )
    requested_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("requested", "To approve"),
            ("approved", "Approved"),
        ],
        required=True,
        default="draft",
        readonly=True,
        index=True,
        copy=False,
    )

    _positive = models.Constraint(
        "CHECK (amount > 0)", "A transfer moves more than nothing."
    )
    _first_days = models.Constraint(
        "CHECK (extract(day FROM from_month) = 1 AND extract(day FROM to_month) = 1)",
        "A month is written as its first day.",
    )

    @api.model
    def _default_department(self):
        return self.env["medical.finance.request"]._default_department()

    @api.model
    def _default_month(self):
        return fields.Date.context_today(self).replace(day=1)

    @api.depends("from_category_id", "from_month", "to_category_id", "to_month")
    def _compute_display_name(self):
        for row in self:
            if not row.from_month or not row.to_month or not row.from_category_id:
                row.display_name = self.env._("New budget transfer")
                continue
            row.display_name = self.env._(
                "%(one)s %(month)s to %(other)s %(later)s",
                one=row.from_category_id.name or "",
                month=short_month(self.env, row.from_month),
                other=row.to_category_id.name or "",
                later=short_month(self.env, row.to_month),
            )

    @api.depends(
        "company_id", "from_department_id", "from_category_id", "from_month",
        "to_department_id", "to_category_id", "to_month",
    )  # fmt: skip
    def _compute_granted(self):
        for row in self:
            left = self.env["medical.finance.budget"].browse()
            totals = {}
            if row.from_month and row.to_month:
                first, second = (
                    day.replace(day=1) for day in (row.from_month, row.to_month)
                )
                totals = self.env["medical.finance.grant"]._totals(
                    row.company_id, {first, second}
                )
                left = left.search(
                    [
                        ("company_id", "=", row.company_id.id),
                        ("month", "=", first),
                        ("department_id", "=", row.from_department_id.id),
                        ("category_id", "=", row.from_category_id.id),
                    ]
                )
            row.from_granted = float(totals.get(row._end("from"), ZERO))
            row.to_granted = float(totals.get(row._end("to"), ZERO))
            row.from_left = left.left_over

    def _end(self, which):
        """(department id, category id, month) of one end."""
        month = self[f"{which}_month"]
        return (
            self[f"{which}_department_id"]._origin.id,
            self[f"{which}_category_id"]._origin.id,
            month and month.replace(day=1),
        )

    @api.model
    def _first_of(self, vals):
        """People pick a day; the month is meant."""
        self._check_values([vals])
        return vals | {
            name: fields.Date.to_date(vals[name]).replace(day=1)
            for name in ("from_month", "to_month")
            if vals.get(name)
        }

    @api.model_create_multi
    def create(self, vals_list):
        made = super().create([self._first_of(vals) for vals in vals_list])
        made._check_headed()
        return made

    def write(self, vals):
        result = super().write(self._first_of(vals))
        if not {"from_department_id", "to_department_id"}.isdisjoint(vals):
            self._check_headed()
        return result

    def _check_headed(self):
        """:raises AccessError: a department that the user does not head"""
        if self._is_program() or self._guard_user_in(("core_group_manager",)):
            return
        headed = self.env.user.medical_headed_department_ids
        foreign = (self.from_department_id | self.to_department_id) - headed
        if foreign:
            raise AccessError(
                self.env._(
                    "You do not head %s. Transfers between departments are asked for by "
                    "the office manager.",
                    foreign[0].name,
                )
            )

    @api.constrains(
        "from_department_id", "from_category_id", "from_month",
        "to_department_id", "to_category_id", "to_month",
    )  # fmt: skip
    def _check_ends(self):
        for row in self:
            if row._end("from") == row._end("to"):
                raise ValidationError(
                    self.env._(
                        "%s: both ends are the same line. Choose another department, "
                        "category or month.",
                        row.display_name,
                    )
                )
            income = (row.from_category_id | row.to_category_id).filtered(
                lambda each: each.section == "revenue"
            )
            if income:
                raise ValidationError(
                    self.env._(
                        "%s is revenue. Only the budget of costs is moved.",
                        income[0].name,
                    )
                )

    # --------------------------------------------------------------------- the steps

    def action_request(self):
        """Ask for the transfer.

        :raises UserError: a month is closed, or the line would fall below zero
        """
        self._check_caller(ASKERS)
        self._move_to("requested")

    def action_approve(self):
        """Approve it, as somebody else, within the own limit."""
        self._check_caller(*APPROVERS)
        self._move_to("approved")

    def action_send_back(self, reason):
        """Back to who asked for it."""
        self._check_caller(*APPROVERS)
        self._move_to("draft", reason)

    def _before_requested(self):
        grants = self.env["medical.finance.grant"]
        for row in self:
            grants._check_open(row.company_id, {row.from_month, row.to_month})
            if cents(row.amount) > cents(row.from_granted):
                raise UserError(
                    self.env._(
                        "%(where)s, %(what)s, %(month)s: only %(granted)s is granted, so "
                        "%(amount)s would leave the line negative. Move less.",
                        where=row.from_department_id.name,
                        what=row.from_category_id.name,
                        month=short_month(self.env, row.from_month),
                        granted=row.currency_id.format(row.from_granted),
                        amount=row.currency_id.format(row.amount),
                    )
                )

    def _before_approved(self):
        """:raises AccessError: more than the approver's limit"""
        limits = self.env["medical.core.limit"]
        for row in self:
            limits._check_amount("budget", row, row.amount, row.from_department_id)

    def _after_approved(self):
        # sudo: the budget is written by the program alone, for the approver
        grants = self.env["medical.finance.grant"].sudo()._pen()
        for row in self:
            name = row.display_name
            nothing = self.env["account.account"]
            amount = cents(row.amount)
            grants._book(
                row.company_id,
                [
                    (row.from_department_id, row.from_category_id, nothing,
                     row.from_month, -amount, name, {}),
                    (row.to_department_id, row.to_category_id, nothing,
                     row.to_month, amount, name, {}),
                ],
                "transfer",
                transfer_id=row.id,
            )  # fmt: skip

    def _state_values(self, state, reason):
        if state == "requested":
            return {"requested_by_id": self.env.uid}
        if state == "approved":
            return {"approved_by_id": self.env.uid}
        return {}

    def _decision_amount(self):
        return self.amount

    def _decision_department(self):
        return self.from_department_id
