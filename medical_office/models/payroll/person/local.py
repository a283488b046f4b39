"""Local taxes by record, and who is under them."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....tools.money import money
from ....tools.payroll.tax.local import LocalKind, LocalTax, LocalTaxError
from ....tools.payroll.tax.states import WageBase


class PayrollLocalTax(models.Model):
    """A city's, county's or district's tax on pay, with its dates and citation."""

    _name = "medical.payroll.local.tax"
    _description = "Local Tax"
    _inherit = ["medical.core.guard"]
    _order = "code, date_from desc"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    active = fields.Boolean(default=True)
    code = fields.Char(required=True)
    name = fields.Char(required=True)
    kind = fields.Selection(
        [
            ("percent", "Percent of wages"),
            ("percent_of_state_tax", "Percent of the state tax"),
            ("per_month", "Amount per month"),
            ("per_year", "Amount per year, spread over the paychecks"),
        ],
        required=True,
        default="percent",
    )
    citation = fields.Char(required=True, help="The source of the rate.")
    payee_id = fields.Many2one("res.partner", "Paid to")
    date_from = fields.Date("From", required=True)
    date_to = fields.Date("Until")
    resident_percent = fields.Float(digits=(8, 5), aggregator=None)
    nonresident_percent = fields.Float(digits=(8, 5), aggregator=None)
    amount = fields.Monetary(aggregator=None)
    wage_base = fields.Selection(
        [
            ("gross", "All pay"),
            ("federal", "Federal taxable wages"),
            ("less_section_125", "Pay less Section 125"),
            ("less_retirement", "Pay less retirement"),
        ],
        required=True,
        default="federal",
    )
    exemption = fields.Monetary("Exempt per year for each allowance")
    annual_wage_cap = fields.Monetary("Maximum wages per year", help="0: no cap.")
    annual_max = fields.Monetary("Maximum tax per year", help="0: no cap.")
    exempt_below = fields.Monetary("Exempt below (wages per year)")

    @api.constrains(
        "kind",
        "resident_percent",
        "nonresident_percent",
        "amount",
        "date_to",
        "citation",
    )
    def _check_tax(self):
        for tax in self:
            try:
                tax._tax()
            except LocalTaxError as error:
                raise ValidationError(str(error)) from error

    def _tax(self):
        """For the calculator; raises LocalTaxError."""
        self.ensure_one()
        return LocalTax(
            self.code,
            self.name,
            LocalKind(self.kind),
            self.citation or "",
            self.date_from,
            self.date_to or None,
            money(self.resident_percent or 0),
            money(self.nonresident_percent or 0),
            money(self.amount or 0),
            WageBase(self.wage_base),
            money(self.exemption or 0),
            money(self.annual_wage_cap) if self.annual_wage_cap else None,
            money(self.annual_max) if self.annual_max else None,
            money(self.exempt_below or 0),
        )


class PayrollLocalEnrollment(models.Model):
    """A person under a local tax."""

    _name = "medical.payroll.local.enrollment"
    _description = "Local Tax Enrollment"
    _inherit = ["medical.people.dated"]

    code = fields.Char(
        required=True,
        help=("Code of the local tax; the record in force on the pay date applies."),
    )
    resident = fields.Boolean(default=True)
    allowances = fields.Integer(aggregator=None)

    @api.constrains("code")
    def _check_code(self):
        taxes = self.env["medical.payroll.local.tax"].search(
            [("code", "in", self.mapped("code"))]
        )
        known = {(tax.company_id.id, tax.code) for tax in taxes}
        for enrollment in self:
            if (enrollment.company_id.id, enrollment.code) not in known:
                raise ValidationError(
                    self.env._(
                        "There is no local tax with the code %(code)s. Enter it first.",
                        code=enrollment.code,
                    )
                )
