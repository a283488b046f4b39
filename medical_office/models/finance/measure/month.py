"""Ten numbers a month from the billing system: what the measures need. No patients."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....engine.core.amounts import amount_text
from ....engine.core.months import month_name
from ....tools.finance.measure.monthfile import AMOUNTS, unlikely

KEEPERS = ("core_group_accountant", "core_group_manager")


class FinanceMonth(models.Model):
    """The numbers of one month. A correction gives its reason; the old numbers, who and
    when stay in the chatter."""

    _name = "medical.finance.month"
    _description = "Monthly Numbers"
    _inherit = ["medical.core.monthly", "mail.thread", "medical.core.guard"]
    _order = "month desc, id desc"

    _born_fields = frozenset({"month", "company_id"})
    _deletable_in = frozenset()
    _month_numbers = frozenset({"visits", "new_patients", "physicians", *AMOUNTS})

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    visits = fields.Integer(required=True, tracking=True)
    new_patients = fields.Integer(required=True, tracking=True)
    charges = fields.Monetary(required=True, tracking=True, help="Gross charges.")
    payments = fields.Monetary(required=True, tracking=True)
    adjustments = fields.Monetary(
        required=True, tracking=True, help="Contractual adjustments and discounts."
    )
    ar_30 = fields.Monetary("A/R 0-30", required=True, tracking=True)
    ar_60 = fields.Monetary("A/R 31-60", required=True, tracking=True)
    ar_90 = fields.Monetary("A/R 61-90", required=True, tracking=True)
    ar_120 = fields.Monetary("A/R 91-120", required=True, tracking=True)
    ar_over = fields.Monetary(
        "A/R over 120", required=True, tracking=True, aggregator=None
    )
    receivable = fields.Monetary(
        "A/R", compute="_compute_receivable", store=True, aggregator=None
    )
    physicians = fields.Float(
        "Physician FTE",
        digits=(6, 2),
        tracking=True,
        help="Full-time equivalents of physicians in the month. Empty: collections per "
        "physician are not measured.",
        aggregator=None,
    )
    reason = fields.Char(
        "Reason for the Correction",
        help="Why a number was corrected; for every change.",
    )

    _month_unique = models.UniqueIndex(
        "(company_id, month)",
        "The numbers of this month are entered already: correct them there.",
    )
    _month_first = models.Constraint(
        "CHECK (extract(day FROM month) = 1)", "A month is saved as its first day."
    )
    _counts = models.Constraint(
        "CHECK (visits >= 0 AND new_patients >= 0 AND new_patients <= visits)",
        "Visits and new patients are not negative, and new patients are among the visits.",
    )

    _physicians_possible = models.Constraint(
        "CHECK (coalesce(physicians, 0) BETWEEN 0 AND 9999)",
        "Full-time equivalents of physicians are between 0 and 9,999.",
    )

    @api.depends("ar_30", "ar_60", "ar_90", "ar_120", "ar_over")
    def _compute_receivable(self):
        for numbers in self:
            numbers.receivable = (
                numbers.ar_30
                + numbers.ar_60
                + numbers.ar_90
                + numbers.ar_120
                + numbers.ar_over
            )

    @api.depends("month")
    def _compute_display_name(self):
        for numbers in self:
            numbers.display_name = numbers.month and month_name(self.env, numbers.month)

    @api.constrains("charges", "payments")
    def _check_amounts(self):
        for numbers in self:
            charges = Decimal(str(numbers.charges))
            if charges < 0 or unlikely(charges, Decimal(str(numbers.payments))):
                raise UserError(
                    self.env._(
                        "%(month)s, Charges: payments of %(payments)s do not go with "
                        "charges of %(charges)s. Check that both are in dollars and in "
                        "the right field.",
                        month=month_name(self.env, numbers.month),
                        payments=amount_text(self.env, numbers.payments),
                        charges=amount_text(self.env, numbers.charges),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        months = super().create(vals_list)
        months._measure()
        return months

    def write(self, vals):
        result = super().write(vals)
        if self._month_numbers & vals.keys():
            self._measure()
        return result

    def _kept_message(self):
        return self.env._(
            "The numbers of a month can be corrected but not deleted: measures were "
            "reported from them."
        )

    def _measure(self):
        """Work out the measures of these months anew."""
        for company, those in self.grouped("company_id").items():
            self.env["medical.finance.measure"]._refresh(company, those.mapped("month"))

    @api.model
    def _plan(self, rows):
        """What rows of a file would do.

        :param rows: ``tools.finance.measure.monthfile.MonthRow``
        :return: (values to create, [(record, values that change)])
        """
        known = {
            numbers.month: numbers
            for numbers in self.search([("company_id", "=", self.env.company.id)])
        }
        found = []
        for row in rows:
            values = {
                "visits": row.visits,
                "new_patients": row.new_patients,
                **{key: float(value) for key, value in row.amounts.items()},
            }
            if row.physicians is not None:
                values["physicians"] = float(row.physicians)
            numbers = known.get(row.month, self.browse())
            found.append((numbers, {"month": row.month}, values))
        return self._planned(found)
