"""Payslip lines: indexed, of the slip's company, without copies of rule text."""

from odoo import fields, models


class HrPayslipLine(models.Model):
    """OCA copies the Python text of its rule into each line; here it is read there."""

    _name = "hr.payslip.line"
    _inherit = ["hr.payslip.line", "medical.core.guard"]
    _locked_by = ("slip_id",)  # whose lines are the calculation's in any state
    # OCA sorts by the contract, whose dates the person on the slip may not read
    _order = "sequence, id"

    slip_id = fields.Many2one(index=True)
    # without it, deleting lines reads the whole table once for each of them
    parent_line_id = fields.Many2one(index="btree_not_null")
    company_id = fields.Many2one(
        related="slip_id.company_id",
        store=True,
        index=True,
        precompute=True,
        default=None,
    )
    condition_python = fields.Text(
        related="salary_rule_id.condition_python",
        store=False,
        required=False,
        default=None,
    )
    amount_python_compute = fields.Text(
        related="salary_rule_id.amount_python_compute", store=False, default=None
    )
    medical_item_ids = fields.One2many("medical.payroll.item", "line_id", "Parts")
