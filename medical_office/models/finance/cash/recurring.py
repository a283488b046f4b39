"""What recurs and has no bill yet: rent, insurance, a loan, a subsidy that comes."""

from odoo import fields, models

from ....tools.finance.cash.recurring import due_dates


class FinanceRecurring(models.Model):
    """An amount that comes or goes in a fixed rhythm, counted from its first date: the
    31st stays the last day of shorter months and comes back."""

    _name = "medical.finance.recurring"
    _description = "Recurring Amount"
    _inherit = ["mail.thread", "medical.core.guard"]
    _order = "name, id"

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        help="While a bill or invoice of this partner is open for the same days, the "
        "open document counts instead.",
    )
    direction = fields.Selection(
        [("out", "Goes out"), ("in", "Comes in")], required=True, default="out"
    )
    amount = fields.Monetary(required=True, tracking=True, aggregator=None)
    every = fields.Selection(
        [
            ("week", "Week"),
            ("two_weeks", "Two weeks"),
            ("month", "Month"),
            ("quarter", "Quarter"),
            ("half_year", "Half year"),
            ("year", "Year"),
        ],
        required=True,
        default="month",
    )
    date_first = fields.Date("First on", required=True)
    date_last = fields.Date("Last on")

    _amount = models.Constraint(
        "CHECK (amount > 0)",
        "Enter the amount without a sign, and say which way it goes.",
    )
    _dates = models.Constraint(
        "CHECK (date_last IS NULL OR date_last >= date_first)",
        "The last date is before the first.",
    )

    def _flows(self, start, end):
        """(day, signed amount, record) of each time one falls due in the span."""
        for each in self:
            until = min(end, each.date_last) if each.date_last else end
            sign = 1 if each.direction == "in" else -1
            for day in due_dates(each.date_first, each.every, start, until):
                yield day, sign * each.amount, each
