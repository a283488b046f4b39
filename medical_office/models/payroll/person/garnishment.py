"""Orders to withhold from a person's pay: support, levies, creditors."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....tools.money import money
from ....tools.payroll.deduct.garnishment import Claim, Order

CLAIMS = [
    ("support", "Child or spousal support"),
    ("bankruptcy", "Bankruptcy (Chapter 13)"),
    ("federal_levy", "Federal tax levy"),
    ("state_levy", "State tax levy"),
    ("student_loan", "Student loan"),
    ("federal_agency", "Debt to a federal agency"),
    ("creditor", "Creditor"),
]


class PayrollGarnishment(models.Model):
    """One order, as it was received."""

    _name = "medical.payroll.garnishment"
    _description = "Garnishment Order"
    _inherit = ["medical.people.dated"]
    _past_fields = frozenset({"date_received"})

    name = fields.Char("Case number", required=True)
    claim = fields.Selection(CLAIMS, required=True)
    payee_id = fields.Many2one("res.partner", "Paid to", required=True)
    date_received = fields.Date(required=True, default=fields.Date.context_today)
    amount = fields.Monetary(
        "Per paycheck", help="Empty: the maximum the law allows.", aggregator=None
    )
    percent = fields.Float("Percent of disposable pay", digits=(6, 3), aggregator=None)
    arrears = fields.Monetary(
        "Arrears per paycheck", help="For support, in addition to the current amount."
    )
    balance = fields.Monetary(
        "Total owed", help="0: until the order ends.", aggregator="sum"
    )
    exempt_amount = fields.Monetary(
        "Exempt per paycheck",
        help="Federal levy: from the table that came with the notice. 0: the person "
        "returned no statement; the law's amount for married filing separately without "
        "dependents stays.",
    )
    has_family = fields.Boolean("Supports another family")
    arrears_over_12_weeks = fields.Boolean("Arrears over 12 weeks old")

    _range = models.Constraint(
        "CHECK (amount >= 0 AND percent BETWEEN 0 AND 100 AND arrears >= 0 "
        "AND balance >= 0 AND exempt_amount >= 0)",
        "Amounts on an order cannot be negative, and the percentage must be 0 to 100.",
    )

    @api.constrains("claim", "amount", "percent")
    def _check_order(self):
        for order in self:
            try:
                order._as_order(money(0))
            except ValueError as error:
                raise ValidationError(str(error)) from error

    def _as_order(self, paid):
        """For the calculator; ``paid`` dollars withheld so far."""
        self.ensure_one()
        balance = None
        if self.balance:
            balance = max(money(0), money(self.balance) - paid)
        return Order(
            self.name,
            Claim(self.claim),
            self.date_received,
            money(self.amount or 0),
            money(self.percent or 0),
            money(self.arrears or 0),
            balance,
            money(self.exempt_amount or 0),
            self.has_family,
            self.arrears_over_12_weeks,
        )
