"""A day's takings: what the day sheet says, what was in the drawer, what the bank got."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_amount, format_date

from ....tools.finance.deposit.compare import compare
from ....tools.money import cents
from ...core.check.answerable import finding
from ...core.check.check import CheckResult
from ...core.mixins.guard import ALL, AllBut

COUNTERS = "core_group_staff"
APPROVERS = ("core_group_accountant", "core_group_manager", "core_group_director")
AMOUNTS = (
    "sheet_cash",
    "sheet_check",
    "sheet_card",
    "count_cash",
    "count_check",
    "count_card",
)


class FinanceDeposit(models.Model):
    """Counted by one person, approved by another; over or short stays with who counted."""

    _name = "medical.finance.deposit"
    _description = "Daily Deposit"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "date desc, id desc"
    _check_company_auto = True

    _transitions = {
        ("draft", "counted"): COUNTERS,
        ("counted", "approved"): APPROVERS,
        ("counted", "draft"): APPROVERS,
    }
    _segregated = {"approved": ("counted_by_id", "create_uid", "writer_ids")}
    _written_by = "writer_ids"
    _reason_required = frozenset({("counted", "draft")})
    _reason_methods = frozenset({"action_return"})
    _born_fields = frozenset({"site_id", "date"})
    _locked = {
        "counted": AllBut({"reason"}),
        "approved": ALL,
    }
    _deletable_in = frozenset({"draft"})

    date = fields.Date(
        required=True, index=True, default=lambda self: fields.Date.context_today(self)
    )
    site_id = fields.Many2one(
        "stock.warehouse",
        required=True,
        index=True,
        domain="[('medical_is_site', '=', True)]",
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        related="site_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    drawer = fields.Char(default="1", required=True, help="Which drawer or shift.")
    sheet_cash = fields.Monetary("Day Sheet: Cash")
    sheet_check = fields.Monetary("Day Sheet: Paper Checks")
    sheet_card = fields.Monetary("Day Sheet: Cards")
    count_cash = fields.Monetary("Counted: Cash", help="Without the float that stays.")
    count_check = fields.Monetary("Counted: Paper Checks")
    count_card = fields.Monetary(
        "Settled: Cards", help="The terminal's settlement slip."
    )
    sheet = fields.Monetary("Day Sheet", compute="_compute_totals", store=True)
    counted = fields.Monetary(compute="_compute_totals", store=True)
    over_short = fields.Monetary(
        "Over or Short",
        compute="_compute_totals",
        store=True,
        help="Counted less day sheet: positive is over, negative short.",
        aggregator="sum",
    )
    bank_line_ids = fields.One2many(
        "medical.finance.bank.line", "deposit_id", readonly=True
    )
    banked = fields.Monetary("At the Bank", readonly=True)
    bank_difference = fields.Monetary(
        readonly=True, help="Bank less counted, once a line is matched."
    )
    is_within = fields.Boolean("Within Tolerance", readonly=True)
    reason = fields.Text(
        help="Why the totals differ; required where they do by more than the tolerance."
    )
    writer_ids = fields.Many2many(
        "res.users",
        "medical_finance_deposit_writer_rel",
        "deposit_id",
        "user_id",
        "Entered by",
        readonly=True,
        copy=False,
        help="Everybody who entered or changed what was counted.",
    )
    counted_by_id = fields.Many2one("res.users", readonly=True, copy=False, index=True)
    counted_at = fields.Datetime(readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("counted", "Counted"), ("approved", "Approved")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
    )

    _day_unique = models.UniqueIndex(
        "(site_id, date, lower(trim(drawer)))",
        "This drawer's deposit of the day is there already.",
    )
    _drawer_said = models.Constraint(
        "CHECK (trim(drawer) <> '')", "Enter which drawer or shift it is."
    )
    _not_negative = models.Constraint(
        "CHECK (" + " AND ".join(f"coalesce({name}, 0) >= 0" for name in AMOUNTS) + ")",
        "Takings are not negative. Enter a refund on the day sheet's own line.",
    )

    @api.depends(*AMOUNTS)
    def _compute_totals(self):
        for row in self:
            row.sheet = row.sheet_cash + row.sheet_check + row.sheet_card
            row.counted = row.count_cash + row.count_check + row.count_card
            row.over_short = row.counted - row.sheet

    @api.depends("date", "site_id", "drawer")
    def _compute_display_name(self):
        for row in self:
            day = row.date and format_date(self.env, row.date)
            row.display_name = ", ".join(
                filter(None, [row.site_id.name, day, row.drawer])
            )

    @api.constrains("date")
    def _check_date(self):
        today = fields.Date.context_today(self)
        for row in self:
            if row.date > today:
                raise UserError(
                    self.env._(
                        "%s is still to come. Enter the day on which it was counted.",
                        format_date(self.env, row.date),
                    )
                )

    def _note_writer(self):
        """Who says why a counted day differs has counted nothing."""
        return super(
            FinanceDeposit, self.filtered(lambda row: row.state == "draft")
        )._note_writer()

    # --------------------------------------------------------------------- the steps

    def action_count(self):
        """Hand in what was counted.

        :raises UserError: nothing was entered
        """
        self._check_caller(COUNTERS)
        for row in self:
            if not row.sheet and not row.counted:
                raise UserError(
                    self.env._(
                        "%s: enter the totals of the day sheet and what was counted.",
                        row.display_name,
                    )
                )
        self._move_to("counted")

    def action_approve(self):
        """Approve the day, as somebody else than who counted.

        :raises UserError: it differs by more than the tolerance and nobody says why
        """
        self._check_caller(*APPROVERS)
        self._compare()
        for row in self:
            if not row.is_within and not row.reason:
                raise UserError(
                    self.env._(
                        "%(day)s: day sheet, count and bank differ by more than "
                        "%(tolerance)s. Enter why in “Reason”, or send it back.",
                        day=row.display_name,
                        tolerance=format_amount(
                            self.env,
                            row.company_id.medical_deposit_tolerance,
                            row.currency_id,
                        ),
                    )
                )
        self._move_to("approved")

    def action_return(self, reason):
        """Send it back to be counted again."""
        self._check_caller(*APPROVERS)
        self._move_to("draft", reason)

    def _state_values(self, state, reason):
        if state == "counted":
            return {"counted_by_id": self.env.uid, "counted_at": fields.Datetime.now()}
        if state == "approved":
            return {"approved_by_id": self.env.uid}
        return {"counted_by_id": False, "counted_at": False}

    def _after_counted(self):
        self._compare()

    def _open_parts(self):
        """The amounts in which the day may still reach the bank: cash and checks
        together, cards, or everything."""
        self.ensure_one()
        left = self.counted - sum(self.bank_line_ids.mapped("amount"))
        parts = {
            self.count_cash + self.count_check,
            self.count_card,
            self.counted,
            left,
        }
        return {part for part in parts if part > 0 and part <= left + 0.005}

    def _compare(self):
        """Set the bank's part beside the count."""
        for row in self:
            # sudo: the bank's lines are the accountant's; the sum is written by the program
            lines = row.sudo().bank_line_ids
            banked = sum(lines.mapped("amount"))
            found = compare(
                cents(row.sheet),
                cents(row.counted),
                cents(banked) if lines else None,
                cents(row.company_id.medical_deposit_tolerance),
            )
            row.sudo()._pen().write(  # sudo: as above
                {
                    "banked": banked,
                    "bank_difference": float(found.banked or 0),
                    "is_within": found.within,
                }
            )

    def _locked_message(self, name):
        return self.env._(
            "%s is counted: send it back, then it can be changed.",
            self[:1].display_name,
        )

    # --------------------------------------------------------------------- the check

    @api.model
    def _medical_check_difference(self):
        """Counted days that differ by more than the tolerance and are not approved."""
        waiting = self.search([("state", "=", "counted")])
        waiting._compare()
        rows = [
            finding(
                row,
                self.env._(
                    "%(day)s, counted by %(who)s: %(off)s against the day sheet, "
                    "%(bank)s at the bank",
                    day=row.display_name,
                    who=row.counted_by_id.name,
                    off=format_amount(self.env, row.over_short, row.currency_id),
                    bank=format_amount(self.env, row.bank_difference, row.currency_id),
                ),
                money_at_risk=max(abs(row.over_short), abs(row.bank_difference)),
                company_id=row.company_id.id,
            )
            for row in waiting
            if not row.is_within
        ]
        return CheckResult(looked_at=len(waiting), rows=rows)
