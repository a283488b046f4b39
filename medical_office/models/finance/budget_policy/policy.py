"""What happens when an order or a bill goes beyond the budget."""

from odoo import api, fields, models

RESPONSES = [
    ("inform", "Inform: it goes through, and stands on the order"),
    ("warn", "Warn: it goes through, and the department head is told"),
    ("block", "Block: it takes an approved exception"),
]


class FinanceBudgetPolicy(models.Model):
    """One row for a practice category, one for all others. Without any: inform."""

    _name = "medical.finance.budget.policy"
    _description = "Budget Policy"
    _inherit = ["mail.thread", "medical.core.guard"]
    _order = "company_id, category_id, id"
    _editors = {"*": "core_group_director"}

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    category_id = fields.Many2one(
        "medical.finance.category",
        ondelete="restrict",
        tracking=True,
        help="Empty: every category without a row of its own.",
    )
    response = fields.Selection(
        RESPONSES, "Beyond the Budget", required=True, default="warn", tracking=True
    )

    _one_each = models.UniqueIndex(
        "(company_id, coalesce(category_id, 0))",
        "This category has a budget policy already.",
    )

    @api.depends("category_id")
    def _compute_display_name(self):
        for policy in self:
            policy.display_name = policy.category_id.name or self.env._(
                "All other categories"
            )
