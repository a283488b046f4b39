"""Scores of a signed audit by section: what trends are drawn from."""

from odoo import fields, models

from ..library.checklist import PROGRAMS


class ComplianceAuditScore(models.Model):
    """Written by the signature and sealed with it; gone while an audit is open again."""

    _name = "medical.compliance.audit.score"
    _description = "Score of an Audit Section"
    _inherit = ["medical.core.guard"]
    _order = "date desc, round_id desc, id"
    _rec_name = "section"
    _deletable_in = frozenset()

    round_id = fields.Many2one(
        "medical.core.round",
        "Audit",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="round_id.company_id", store=True, index=True)
    checklist_id = fields.Many2one(
        "medical.core.checklist", "Library", readonly=True, ondelete="restrict"
    )
    program = fields.Selection(PROGRAMS, "Audit program", readonly=True)
    site_id = fields.Many2one("stock.warehouse", readonly=True)
    date = fields.Date("Signed on", required=True, readonly=True)
    section = fields.Char(required=True, readonly=True)
    score = fields.Float(
        "Score %",
        readonly=True,
        digits=(5, 1),
        aggregator="avg",
        help="Weight of passed items as a share of all passed or failed items.",
    )
    is_counted = fields.Boolean(
        "Counted", readonly=True, help="Off: nothing in the section applied."
    )
    passed = fields.Integer(readonly=True, aggregator="sum")
    failed = fields.Integer(readonly=True, aggregator="sum")
    not_applicable = fields.Integer(readonly=True, aggregator="sum")
