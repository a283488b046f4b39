"""What a practice settles once about its payroll."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    medical_payroll_journal_id = fields.Many2one(
        "account.journal", "Payroll Journal", domain="[('type', '=', 'general')]"
    )
    medical_deposit_schedule = fields.Selection(
        [("monthly", "Monthly"), ("semiweekly", "Semiweekly")],
        "Federal Deposit Schedule",
        default="monthly",
        help="By the lookback period: more than 50,000 of tax on Forms 941 from July of "
        "the year before last to June of last year makes it semiweekly (Pub. 15, "
        "section 11).",
    )
    medical_net_change_percent = fields.Float(
        "Ask about a change in net pay over (%)", default=20
    )
    medical_ssa_user_id = fields.Char(
        "SSA User ID", size=8, help="Of Business Services Online; needed in W-2 files."
    )
