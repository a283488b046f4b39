"""What the dry run of a law package found, row by row."""

from odoo import fields, models


class PayrollLawChange(models.Model):
    """A row that the package brings, beside the one that it replaces."""

    _name = "medical.payroll.law.change"
    _description = "Law Package Change"
    _inherit = ["medical.core.guard"]
    _order = "package_id, id"

    package_id = fields.Many2one(
        "medical.payroll.law.package",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    name = fields.Char("Figure", readonly=True)
    table = fields.Char(readonly=True)
    row = fields.Integer(readonly=True, aggregator=False)
    value_before = fields.Text("In Force", readonly=True)
    value_after = fields.Text("In the Package", readonly=True)
    figures = fields.Boolean(
        "Changes Amounts",
        readonly=True,
        help="Not set: only its source or note differs.",
    )
    date_from = fields.Date("From", readonly=True)
    date_to = fields.Date("Until", readonly=True)


class PayrollLawDifference(models.Model):
    """A line of a confirmed payslip that the package would have made otherwise."""

    _name = "medical.payroll.law.difference"
    _description = "Payslip a Law Package Would Change"
    _inherit = ["medical.core.guard"]
    _order = "package_id, id"

    package_id = fields.Many2one(
        "medical.payroll.law.package",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )
    slip_id = fields.Many2one(
        "hr.payslip", "Payslip", index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="slip_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    employee_id = fields.Many2one(related="slip_id.employee_id")
    date_pay = fields.Date(related="slip_id.medical_date_pay")
    code = fields.Char(readonly=True)
    value_before = fields.Monetary("In Force", readonly=True)
    value_after = fields.Monetary("By the Package", readonly=True)
