"""What was paid or bought once and is used up over months."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....tools.finance.close.accrual import spread_to
from ....tools.money import ZERO, cents

KEEPERS = ("core_group_accountant", "core_group_manager")


class FinanceSpread(models.Model):
    """A prepaid amount or an asset that is written off: each month its part is proposed
    as an entry. A change is caught up in the next month; what is posted stays."""

    _name = "medical.finance.spread"
    _description = "Prepaid or Depreciation"
    _inherit = ["mail.thread", "medical.core.guard"]
    _order = "date_first desc, name, id"
    _check_company_auto = True
    _born_fields = frozenset({"company_id", "kind"})
    _editors = {"*": KEEPERS}

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        [("prepaid", "Prepaid"), ("depreciation", "Depreciation")],
        required=True,
        default="prepaid",
        index=True,
    )
    amount = fields.Monetary(required=True, tracking=True, aggregator="sum")
    salvage = fields.Monetary(
        "Salvage Value",
        tracking=True,
        aggregator=None,
        help="What an asset is still worth at the end.",
    )
    posted_before = fields.Monetary(
        tracking=True,
        aggregator=None,
        help="What was written off by other entries before this record was made.",
    )
    date_first = fields.Date("First Day", required=True, tracking=True)
    months = fields.Integer(required=True, default=12, tracking=True, aggregator=None)
    by_days = fields.Boolean(
        "By Calendar Days",
        help="Otherwise each month takes the same, the first included.",
    )
    account_id = fields.Many2one(
        "account.account",
        "Balance Sheet Account",
        required=True,
        check_company=True,
        domain="[('account_type', 'in', ('asset_current', 'asset_prepayments', "
        "'asset_fixed', 'asset_non_current'))]",
        help="The prepaid asset, or accumulated depreciation.",
    )
    expense_account_id = fields.Many2one(
        "account.account",
        required=True,
        check_company=True,
        domain="[('internal_group', '=', 'expense')]",
    )
    department_id = fields.Many2one(
        "hr.department", index="btree_not_null", check_company=True
    )
    equipment_id = fields.Many2one(
        "maintenance.equipment", "Asset", index="btree_not_null", check_company=True
    )
    adjusting_ids = fields.One2many("medical.finance.adjusting", "spread_id")
    posted = fields.Monetary(
        compute="_compute_posted", compute_sudo=True, help="By adjusting entries."
    )
    rest = fields.Monetary("Left", compute="_compute_posted", compute_sudo=True)

    _amounts = models.Constraint(
        "CHECK (amount > 0 AND coalesce(salvage, 0) >= 0 "
        "AND coalesce(salvage, 0) < amount AND coalesce(posted_before, 0) >= 0 "
        "AND coalesce(posted_before, 0) <= amount - coalesce(salvage, 0))",
        "The amount is positive and more than the salvage value and what was posted "
        "before.",
    )
    _months_positive = models.Constraint(
        "CHECK (months BETWEEN 1 AND 600)", "Spread it over 1 to 600 months."
    )

    @api.depends("amount", "salvage", "posted_before", "adjusting_ids.state")
    def _compute_posted(self):
        sums = dict(
            self.env["medical.finance.adjusting"]._read_group(
                [("spread_id", "in", self.ids), ("state", "=", "posted")],
                ["spread_id"],
                ["amount:sum"],
            )
        )
        for row in self:
            row.posted = sums.get(row, 0.0)
            row.rest = row.amount - row.salvage - row.posted_before - row.posted

    @api.ondelete(at_uninstall=False)
    def _unlink_except_posted(self):
        for row in self:
            # sudo: an entry of any month counts
            if row.sudo().adjusting_ids.filtered(lambda each: each.state == "posted"):
                raise UserError(
                    self.env._(
                        "%s has posted entries and stays on record. Archive it instead.",
                        row.name,
                    )
                )

    def _due(self, day):
        """{record: dollars to be posted by the end of a day}, those that have any."""
        found = {}
        for row in self:
            used = spread_to(
                cents(row.amount - row.salvage),
                row.date_first,
                row.months,
                day,
                row.by_days,
            )
            due = used - cents(row.posted_before) - cents(row.posted)
            if due != ZERO:
                found[row] = due
        return found
