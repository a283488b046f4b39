"""How each payer did in the last twelve months: paid how fast, how much, denied what."""

from odoo import api, fields, models

from ....engine.payer.performance import performance_query


class PayerPerformance(models.Model):
    """Worked out each time it is read, by one statement (engine.payer.performance)."""

    _name = "medical.payer.performance"
    _description = "Payer Performance"
    _auto = False
    _order = "paid desc, id"
    # what the statement reads: written to the database before it runs
    _depends = {
        "medical.payer.enrollment": [
            "date_effective", "payer_id", "state", "submitted_on"
        ],
        "medical.payer.month": [
            "claims", "days", "denied", "denied_authorization", "denied_coding",
            "denied_eligibility", "denied_enrollment", "denied_other",
            "denied_timely", "month", "owed", "paid", "payer_id",
        ],
        "medical.payer.payer": ["active", "company_id"],
    }  # fmt: skip

    payer_id = fields.Many2one("medical.payer.payer", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    months = fields.Integer(readonly=True, aggregator=None)
    claims = fields.Integer(readonly=True, aggregator="sum")
    paid = fields.Monetary(readonly=True, aggregator="sum")
    days = fields.Float("Days to pay", readonly=True, digits=(6, 1), aggregator="avg")
    denied_share = fields.Float(
        "Denied (%)", readonly=True, digits=(6, 1), aggregator="avg"
    )
    top_reason = fields.Selection(
        [
            ("eligibility", "Eligibility"),
            ("authorization", "Authorization"),
            ("coding", "Coding"),
            ("timely", "Timely filing"),
            ("enrollment", "Enrollment"),
            ("other", "Other"),
        ],
        "Most denied for",
        readonly=True,
    )
    contract_share = fields.Float(
        "Paid of contract (%)",
        readonly=True,
        digits=(6, 1),
        aggregator="avg",
        help="Payments against what the contract says, of the months that name both.",
    )
    enroll_days = fields.Float(
        "Days to enroll",
        readonly=True,
        digits=(6, 1),
        aggregator="avg",
        help="Average days from submission to the effective day, of enrollments that "
        "became effective in two years.",
    )

    @property
    def _table_query(self):
        return performance_query(fields.Date.context_today(self))

    @api.depends("payer_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.payer_id.name or ""

    def action_payer(self):
        """The payer with these numbers."""
        self.ensure_one()
        self.check_access("read")
        return self.payer_id.get_formview_action()
