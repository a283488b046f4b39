"""A line of a budget request: how much for what, why, and what happens without it."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ....engine.core.amounts import amount_text
from ....engine.core.months import short_month
from ....tools.dates import month_end
from ....tools.finance.budget.phase import phase, shift
from ....tools.money import ZERO, cents
from ...core.mixins.guard import ALL, AllBut
from .request import DIRECTOR, MANAGER

SOURCES = [
    ("manual", "Entered"),
    ("books", "Books: last year and run rate"),
    ("recurring", "Recurring bill"),
    ("order", "Open order"),
    ("maintenance", "Maintenance calendar"),
    ("contract", "Contract or renewal"),
    ("replacement", "Repair-or-replace advice"),
    ("supply", "Supply forecast"),
    ("people", "Head-count and pay"),
]
REVIEW = frozenset({"adjusted", "adjust_reason"})
GRANT = frozenset({"granted", "grant_reason"})


class FinanceRequestLine(models.Model):
    """What the head asks is open in the draft, what the manager adjusts in review, what
    the director grants at the end; each with its reason."""

    _name = "medical.finance.request.line"
    _description = "Budget Request Line"
    _inherit = ["medical.core.guard"]
    _order = "request_id, sequence, id"
    _check_company_auto = True

    _editors = {
        **dict.fromkeys(REVIEW, MANAGER),
        **dict.fromkeys(GRANT, DIRECTOR),
    }
    _locked = {
        "draft": REVIEW | GRANT,
        "submitted": AllBut(REVIEW),
        "reviewed": AllBut(GRANT),
        "granted": ALL,
    }
    _born_fields = frozenset({"request_id"})
    _deletable_in = frozenset({"draft"})

    request_id = fields.Many2one(
        "medical.finance.request", required=True, index=True, ondelete="cascade"
    )
    state = fields.Selection(related="request_id.state", store=True)
    company_id = fields.Many2one(
        related="request_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    department_id = fields.Many2one(
        related="request_id.department_id", store=True, index=True, precompute=True
    )
    date_from = fields.Date(
        "First Month", related="request_id.date_from", store=True, precompute=True
    )
    sequence = fields.Integer(default=10, aggregator=None)
    category_id = fields.Many2one(
        "medical.finance.category", required=True, index=True, ondelete="restrict"
    )
    account_id = fields.Many2one(
        "account.account",
        "Ledger Account",
        ondelete="restrict",
        domain="[('medical_category_id', '=', category_id)]",
        check_company=True,
        help="Only where a statement should show the budget in a certain account.",
    )
    name = fields.Char("For What", required=True)
    amount = fields.Monetary("Asked", required=True, aggregator="sum")
    reason = fields.Text("Why")
    consequence = fields.Text("If Cut", help="What happens without this money.")
    source = fields.Selection(SOURCES, required=True, default="manual", readonly=True)
    proposed = fields.Monetary(
        readonly=True, copy=False, aggregator=None, help="As the draft calculated it."
    )
    working = fields.Text(
        "How It Was Figured", readonly=True, copy=False, help="Source and arithmetic."
    )
    grounds = fields.Text(
        "What and Why",
        compute="_compute_grounds",
        help="For what, why, what happens without it, how it was figured.",
    )
    adjusted = fields.Monetary("Reviewed", copy=False, aggregator="sum")
    adjust_reason = fields.Char("Why Adjusted", copy=False)
    granted = fields.Monetary(copy=False, aggregator="sum")
    grant_reason = fields.Char("Why Not All", copy=False)
    weights = fields.Json(
        "Rhythm",
        readonly=True,
        copy=False,
        help="How many pay dates each month has, where the line is pay: it is spread by "
        "them, whatever the request says of the others.",
    )
    months = fields.Text(
        compute="_compute_months", help="How the amount spreads over the months."
    )

    _not_negative = models.Constraint(
        "CHECK (amount >= 0 AND coalesce(adjusted, 0) >= 0 AND coalesce(granted, 0) >= 0)",
        "A budget line is not negative.",
    )

    @api.depends("name", "category_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = ": ".join(
                filter(None, [line.category_id.name, line.name])
            )

    @api.depends("name", "reason", "consequence", "working", "adjust_reason")
    def _compute_grounds(self):
        """All that who reviews or grants reads of a line, in one column."""
        for line in self:
            without = line.consequence and self.env._("If cut: %s", line.consequence)
            adjusted = line.adjust_reason and self.env._(
                "Reviewed: %s", line.adjust_reason
            )
            parts = (line.name, line.reason, without, line.working, adjusted)
            # a drafted line's reason is often its arithmetic
            line.grounds = "\n".join(dict.fromkeys(filter(None, parts)))

    @api.depends(
        "amount", "adjusted", "granted", "state", "weights", "request_id.phasing"
    )
    def _compute_months(self):
        for line in self:
            request = line.request_id
            if not request.date_to or request.date_from.month == request.date_to.month:
                line.months = False
                continue
            amount = line[
                {
                    "submitted": "adjusted",
                    "reviewed": "granted",
                    "granted": "granted",
                }.get(line.state, "amount")
            ]
            line.months = " · ".join(
                f"{short_month(self.env, month)} {amount_text(self.env, part)}"
                for month, part in line._phased(amount)
            )

    def _phased(self, amount):
        """[(month, amount)] of an amount of this line, by the request's phasing."""
        self.ensure_one()
        request = self.request_id
        months = request._months()
        method, shape = request.phasing, ()
        if self.weights:
            method = "shape"
            shape = [
                Decimal(self.weights.get(month.isoformat(), 0)) for month in months
            ]
        elif method == "shape":
            shape = request._shape(self.category_id)
        parts = phase(cents(amount), months, method, shape)
        return list(zip(months, parts, strict=True))

    @api.constrains("account_id", "category_id")
    def _check_account(self):
        for line in self:
            if (
                line.account_id
                and line.account_id.medical_category_id != line.category_id
            ):
                raise ValidationError(
                    self.env._(
                        "%(line)s: %(account)s does not belong to that category. Choose "
                        "another account, or none.",
                        line=line.display_name,
                        account=line.account_id.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """:raises UserError: the request is handed in already"""
        made = super().create(vals_list)
        if not self._is_program():
            for request in made.request_id:
                if request.state != "draft":
                    raise UserError(request._locked_message("line_ids"))
        return made

    def _locked_message(self, name):
        if self.state == "draft" and name in REVIEW | GRANT:
            return self.env._(
                "%s is a draft: the manager adjusts it in review, the director grants it "
                "afterwards.",
                self.request_id.display_name,
            )
        return self.request_id._locked_message(name)

    def _kept_message(self):
        return self.request_id._locked_message("line_ids")

    def _check_reasons(self, figure, before, reason):
        """:raises UserError: an amount differs from the one before, and nobody says why"""
        for line in self:
            differs = (
                True if before is None else cents(line[figure]) != cents(line[before])
            )
            if differs and not line[reason]:
                raise UserError(
                    self.env._(
                        "%(request)s, %(line)s: enter “%(field)s”.",
                        request=line.request_id.display_name,
                        line=line.display_name,
                        field=self._guard_label(reason),
                    )
                )
            if figure == "granted" and cents(line.granted) > cents(line.adjusted):
                raise UserError(
                    self.env._(
                        "%(request)s, %(line)s: more is granted than was reviewed "
                        "(%(reviewed)s). Grant at most that.",
                        request=line.request_id.display_name,
                        line=line.display_name,
                        reviewed=line.currency_id.format(line.adjusted),
                    )
                )

    def _carry(self, figure, to):
        """The next person begins with what the one before said.

        One statement of the ORM for each amount, not for each line."""
        # sudo: the program carries it over
        for amount, lines in self.sudo()._pen().grouped(figure).items():
            lines.write({to: amount})

    def _revised_values(self, months):
        """Of the next version: what is granted for these months."""
        kept = set(months)
        amount = sum(
            (part for month, part in self._phased(self.granted) if month in kept), ZERO
        )
        return {
            "sequence": self.sequence,
            "category_id": self.category_id.id,
            "account_id": self.account_id.id,
            "name": self.name,
            "amount": float(amount),
            "reason": self.reason,
            "consequence": self.consequence,
            "source": self.source,
            "proposed": float(amount),
            "working": self.env._("As granted in version %s", self.request_id.version),
            "weights": self.weights,
        }


class FinanceRequest(models.Model):
    _inherit = "medical.finance.request"

    def _shape(self, category):
        """What the category took in the same months a year before, month by month."""
        self.ensure_one()
        months = self._months()
        first, last = shift(months[0], -12), month_end(shift(months[-1], -12))
        # sudo: the own department's entries
        rows = (
            self.env["medical.finance.accrual"]
            .sudo()
            ._read_group(
                [
                    ("company_id", "=", self.company_id.id),
                    ("department_id", "=", self.department_id.id),
                    ("category_id", "=", category.id),
                    ("parent_state", "=", "posted"),
                    ("date", ">=", first),
                    ("date", "<=", last),
                ],
                ["date:month"],
                ["balance:sum"],
            )
        )
        found = {month: cents(balance) for month, balance in rows}
        sign = -1 if category.section == "revenue" else 1
        return [sign * found.get(shift(month, -12), ZERO) for month in months]
