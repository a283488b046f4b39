"""An answer to one question of the recordkeeping rule."""

from odoo import fields, models


class ComplianceOshaAnswer(models.Model):
    """The question as it stood when the case was opened; its answer is given by people."""

    _name = "medical.compliance.osha.answer"
    _description = "Recordability Question"
    _inherit = ["medical.core.guard"]
    _order = "case_id, sequence, id"
    _rec_name = "question"

    _locked_by = ("case_id",)
    _born_fields = frozenset({"case_id"})

    case_id = fields.Many2one(
        "medical.compliance.osha.case", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="case_id.company_id", store=True)
    sequence = fields.Integer(readonly=True, aggregator=None)
    code = fields.Char(readonly=True, required=True)
    question = fields.Char(readonly=True, required=True)
    citation = fields.Char(readonly=True)
    is_checked = fields.Boolean("Citation read", readonly=True)
    answer = fields.Selection([("yes", "Yes"), ("no", "No")], help="Empty: open.")
