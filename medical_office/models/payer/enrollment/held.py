"""Money held: what pending enrollments keep the practice from being paid, ranked."""

from odoo import api, fields, models

from ....engine.payer.held import held_query
from .enrollment import STATES


class PayerHeld(models.Model):
    """Worked out each time it is read, by one statement (engine.payer.held)."""

    _name = "medical.payer.held"
    _description = "Money Held"
    _auto = False
    _order = "money desc, id"
    # what the statement reads: written to the database before it runs
    _depends = {
        "medical.payer.enrollment": [
            "claims", "company_id", "date_effective", "date_needed", "date_terminated",
            "line_id", "next_touch", "payer_id", "payment_visit", "provider_id",
            "site_id", "state", "submitted_on", "user_id", "visits_week",
        ],
    }  # fmt: skip

    enrollment_id = fields.Many2one("medical.payer.enrollment", readonly=True)
    provider_id = fields.Many2one("hr.employee", readonly=True)
    payer_id = fields.Many2one("medical.payer.payer", readonly=True)
    site_id = fields.Many2one("stock.warehouse", readonly=True)
    line_id = fields.Many2one("medical.payer.line", "Line of business", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one("res.users", "Responsible", readonly=True)
    state = fields.Selection(STATES, "Status", readonly=True)
    date_needed = fields.Date("Needed from", readonly=True)
    next_touch = fields.Date("Next follow-up", readonly=True)
    days = fields.Integer("Days held", readonly=True, aggregator="max")
    money_day = fields.Monetary(
        "Each day", readonly=True, aggregator="sum", help="What one more day holds."
    )
    money = fields.Monetary("Money held", readonly=True, aggregator="sum")

    @property
    def _table_query(self):
        return held_query(fields.Date.context_today(self))

    @api.depends("enrollment_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.enrollment_id.display_name or ""

    def action_open(self):
        """The enrollment that holds the money."""
        self.ensure_one()
        self.check_access("read")
        return self.enrollment_id.get_formview_action()
