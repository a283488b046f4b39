"""A payer's numbers of a month, from the billing system. No patients."""

from odoo import api, fields, models

from ....engine.core.months import month_name
from ....tools.payer.month.monthfile import REASONS
from ..contract.contract import KEEPERS

NUMBERS = (
    "claims",
    "denied",
    *(f"denied_{reason}" for reason in REASONS),
    "paid",
    "owed",
    "days",
)


class PayerMonth(models.Model):
    """A correction gives its reason; the old numbers stay in the chatter."""

    _name = "medical.payer.month"
    _description = "Payer's Month"
    _inherit = ["medical.core.monthly", "mail.thread", "medical.core.guard"]
    _order = "month desc, payer_id, id"
    _editors = {"*": KEEPERS}
    _born_fields = frozenset({"payer_id", "month"})
    _deletable_in = frozenset()
    _month_numbers = frozenset(NUMBERS)

    payer_id = fields.Many2one(
        "medical.payer.payer", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="payer_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    claims = fields.Integer(required=True, tracking=True, aggregator="sum")
    denied = fields.Integer(required=True, tracking=True, aggregator="sum")
    denied_eligibility = fields.Integer(
        "Denied: eligibility", tracking=True, aggregator="sum"
    )
    denied_authorization = fields.Integer(
        "Denied: authorization", tracking=True, aggregator="sum"
    )
    denied_coding = fields.Integer("Denied: coding", tracking=True, aggregator="sum")
    denied_timely = fields.Integer(
        "Denied: timely filing", tracking=True, aggregator="sum"
    )
    denied_enrollment = fields.Integer(
        "Denied: enrollment", tracking=True, aggregator="sum"
    )
    denied_other = fields.Integer("Denied: other", tracking=True, aggregator="sum")
    paid = fields.Monetary(tracking=True, aggregator="sum")
    owed = fields.Monetary(
        "Owed by contract",
        tracking=True,
        aggregator="sum",
        help="What the same claims should have brought by the contract. 0: not measured.",
    )
    days = fields.Float(
        "Days to pay",
        digits=(6, 1),
        tracking=True,
        aggregator="avg",
        help="Average calendar days from the claim to the payment.",
    )
    reason = fields.Char("Reason for the Correction")

    _once = models.UniqueIndex(
        "(payer_id, month)",
        "The numbers of this payer and month are entered already: correct them there.",
    )
    _month_first = models.Constraint(
        "CHECK (extract(day FROM month) = 1)", "A month is saved as its first day."
    )
    _counts = models.Constraint(
        "CHECK (claims >= 0 AND denied >= 0 AND denied <= claims AND "
        "denied_eligibility + denied_authorization + denied_coding + denied_timely "
        "+ denied_enrollment + denied_other <= denied)",
        "Denied claims are not more than all claims, and their reasons not more than the "
        "denied claims.",
    )

    @api.depends("payer_id", "month")
    def _compute_display_name(self):
        for numbers in self:
            month = numbers.month and month_name(self.env, numbers.month)
            numbers.display_name = ", ".join(
                filter(None, [numbers.payer_id.name, month])
            )

    def _kept_message(self):
        return self.env._(
            "A payer's month can be corrected but not deleted: it was reported from."
        )

    @api.model
    def _claims_shares(self, companies):
        """{payer id: its part of its company's claims in twelve months}; one query."""
        first = fields.Date.context_today(self).replace(day=1)
        groups = self._read_group(
            [
                ("company_id", "in", companies.ids),
                ("month", ">=", fields.Date.subtract(first, months=12)),
            ],
            ["company_id", "payer_id"],
            ["claims:sum"],
        )
        totals = {}
        for company, _payer, claims in groups:
            totals[company] = totals.get(company, 0) + claims
        return {
            payer.id: claims / totals[company]
            for company, payer, claims in groups
            if totals[company]
        }

    @api.model
    def _plan(self, rows, payers):
        """What rows of a file would do.

        :param rows: ``tools.payer.month.monthfile.PayerMonth``
        :param payers: {name or ID in lower case: payer}
        :return: (values to create, [(record, values that change)])
        """
        known = {
            (numbers.payer_id.id, numbers.month): numbers
            for numbers in self.search([("company_id", "=", self.env.company.id)])
        }
        found = []
        for row in rows:
            payer = payers[row.payer.casefold()]
            values = {
                "claims": row.claims,
                "denied": row.denied,
                **{f"denied_{key}": count for key, count in row.reasons.items()},
                "paid": float(row.paid),
                "owed": float(row.contract or 0),
                "days": float(row.days),
            }
            numbers = known.get((payer.id, row.month), self.browse())
            found.append((numbers, {"payer_id": payer.id, "month": row.month}, values))
        return self._planned(found)
