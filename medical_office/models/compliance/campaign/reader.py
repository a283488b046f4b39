"""Somebody who has to read a policy by a day."""

from odoo import api, fields, models


class ComplianceCampaignReader(models.Model):
    """Made when the campaign starts, or when somebody comes into one of its roles."""

    _name = "medical.compliance.campaign.reader"
    _description = "Reader of a Policy"
    _inherit = ["medical.core.guard"]
    _order = "acknowledged_at desc, user_id"
    _rec_name = "user_id"
    _deletable_in = frozenset()

    campaign_id = fields.Many2one(
        "medical.compliance.campaign",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="campaign_id.company_id", store=True)
    version_id = fields.Many2one(related="campaign_id.version_id", string="Policy")
    date_due = fields.Date(related="campaign_id.date_due", store=True)
    has_quiz = fields.Boolean(compute="_compute_has_quiz", compute_sudo=True)
    user_id = fields.Many2one(
        "res.users", "Reader", required=True, readonly=True, index=True
    )
    acknowledged_at = fields.Datetime("Read", readonly=True, index=True)
    reminded_at = fields.Datetime("Last reminded", readonly=True)
    reminder_count = fields.Integer("Reminders", readonly=True, aggregator="sum")

    _once = models.UniqueIndex(
        "(campaign_id, user_id)", "This reader is asked already."
    )

    @api.depends("campaign_id.survey_id")
    def _compute_has_quiz(self):
        for row in self:
            row.has_quiz = bool(row.campaign_id.survey_id)

    def action_read(self):
        """Open the version that is to be read."""
        self.check_access("read")
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "medical.core.text.version",
            "res_id": self.version_id.id,
            "views": [(False, "form")],
        }

    def action_quiz(self):
        """Take the quiz of this policy."""
        self.check_access("read")
        self.ensure_one()
        # sudo: one's own row leads to its campaign's quiz alone
        return self.sudo().campaign_id.action_quiz()
