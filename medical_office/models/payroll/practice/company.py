"""What a practice settles once about its payroll."""

from odoo import api, fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    medical_payroll_journal_id = fields.Many2one(
        "account.journal", "Payroll Journal", domain="[('type', '=', 'general')]"
    )
    medical_deposit_schedule = fields.Selection(
        [("monthly", "Monthly"), ("semiweekly", "Semiweekly")],
        "Federal Deposit Schedule",
        default="monthly",
        help="By the lookback period: more than $50,000 of tax on Forms 941 from July "
        "two years ago to June of last year makes it semiweekly (Pub. 15, "
        "section 11).",
    )
    medical_net_change_percent = fields.Float(
        "Flag changes in net pay over (%)", default=20
    )
    medical_ssa_user_id = fields.Char(
        "SSA User ID",
        size=8,
        help=("For Business Services Online; required in W-2 files."),
    )

    @api.model
    def _medical_for_preparers(self, rows):
        """Give what a check found to who prepares the pay of its company.

        That is who submitted, or made, the latest run there. Rows that name a user, and
        those of companies without a run, stay as they are.

        :param rows: list of ``CheckRow``
        :return: list of ``CheckRow``
        """
        runs = self.env["hr.payslip.run"]
        latest = runs._read_group(
            [("medical_is_us", "=", True)], ["company_id"], ["id:max"]
        )
        preparers = {}
        for run in runs.browse(number for _company, number in latest):
            user = run.medical_submitted_by_id or run.create_uid
            preparers[run.company_id.id] = user.active and user.id
        return [
            row
            if row.user_id
            else row._replace(user_id=preparers.get(row.company_id) or False)
            for row in rows
        ]
