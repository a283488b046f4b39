"""Salary structures that pay by the US calculator."""

from odoo import fields, models


class HrPayrollStructure(models.Model):
    """A structure without company serves all of them."""

    _inherit = "hr.payroll.structure"

    medical_us = fields.Boolean(
        "US calculator",
        help=(
            "Rules may use “us”: the US payroll gross-to-net calculation with its "
            "worksheets."
        ),
    )
    company_id = fields.Many2one(required=False)
