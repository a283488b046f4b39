"""Budget against actual: what was granted, used, ordered and asked for, and what is left."""

from odoo import api, fields, models

from ....engine.core.months import short_month
from ....engine.finance.budget_query import budget
from ....tools.dates import month_end
from ...core.mixins.open_action import list_action
from ..ledger.accrual import FinanceAccrual
from ..ledger.committed import FinanceCommitted

MONEY = {"currency_field": "company_currency_id", "readonly": True, "aggregator": "sum"}
READERS = (
    "core_group_head",
    "core_group_accountant",
    "core_group_manager",
    "core_group_director",
    "core_group_auditor",
)


class FinanceBudget(models.Model):
    """A row for each month, department and category. Heads see those of their own
    departments, through the record rules, wherever the rows are read."""

    _name = "medical.finance.budget"
    _description = "Budget against Actual"
    _auto = False
    _order = "month desc, department_id, category_id, id"
    _depends = {
        **FinanceAccrual._depends,
        **FinanceCommitted._depends,
        "account.move": ["move_type"],
        "medical.finance.grant": ["balance", "category_id", "date_from", "department_id"],
        "medical.finance.exception": ["amount", "state"],
        "medical.supply.proposal": ["amount", "department_id", "requested_by_id", "state"],
    }  # fmt: skip

    company_id = fields.Many2one("res.company", readonly=True)
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    category_id = fields.Many2one("medical.finance.category", readonly=True)
    section = fields.Selection(related="category_id.section")
    granted = fields.Monetary(**MONEY)
    allowed = fields.Monetary(
        "Exceptions", help="What may be spent beyond the budget.", **MONEY
    )
    actual = fields.Monetary(help="Posted entries of the month.", **MONEY)
    committed = fields.Monetary(
        "On Order", help="Confirmed orders that are expected in the month.", **MONEY
    )
    requested = fields.Monetary(
        "Asked For",
        help="Orders that wait for approval, items asked for, bills not yet posted.",
        **MONEY,
    )
    left_over = fields.Monetary(
        "Left", help="Granted less used, ordered and asked for.", **MONEY
    )
    variance = fields.Monetary(help="Granted less used.", **MONEY)

    @property
    def _table_query(self):
        return budget(fields.Date.context_today(self))

    @api.depends("department_id", "category_id", "month")
    def _compute_display_name(self):
        _ = self.env._
        for row in self:
            row.display_name = ", ".join(
                [
                    row.department_id.name or _("No department"),
                    row.category_id.name or _("No category"),
                    row.month and short_month(self.env, row.month),
                ]
            )

    @api.model
    def _against_actual(self, company, month):
        """The month's figures, as the calling user may see them.

        :param month: a day of the month
        :return: records of this model: department, category, granted, allowed, actual,
            committed, requested, left_over, variance
        """
        return self.search(
            [("company_id", "=", company.id), ("month", "=", month.replace(day=1))]
        )

    # ------------------------------------------------------------------- what is behind

    def action_open_entries(self):
        """The entries that were used of this budget."""
        return self._open("finance_accrual_action", self.env._("Entries"))

    def action_open_orders(self):
        """What is on order and not billed."""
        return self._open("finance_committed_action", self.env._("On Order"))

    def action_open_grants(self):
        """The rows of the budget: grants, revisions, transfers."""
        return self._open("finance_grant_action", self.env._("Granted"), "date_from")

    def _open(self, action, name, date="date"):
        self.ensure_one()
        self.check_access("read")
        domain = [
            ("company_id", "=", self.company_id.id),
            ("department_id", "=", self.department_id.id),
            ("category_id", "=", self.category_id.id),
            (date, ">=", self.month),
            (date, "<=", month_end(self.month)),
        ]
        return list_action(self.env, action, f"{name}: {self.display_name}", domain)
