"""Where accrued cost waits until its bill or pay run comes."""

from odoo import Command, fields, models

TAG = "Close: Accrued expenses"
CODE = "236000"


class ResCompany(models.Model):
    _inherit = "res.company"

    medical_accrued_account_id = fields.Many2one(
        "account.account",
        "Accrued Expenses",
        domain="[('account_type', '=', 'liability_current')]",
        help="The liability on which adjusting entries put pay and goods that are not "
        "posted yet. Empty: an account of its own is made with the first entry.",
    )

    def _medical_accrued_account(self):
        """The account of accrued expenses; one is made where none was chosen.

        :return: ``account.account``, with superuser rights
        """
        self.ensure_one()
        company = self.sudo().with_company(self)  # sudo: charts are the host's keeper's
        if company.medical_accrued_account_id:
            return company.medical_accrued_account_id
        chart = company.env["account.account"].with_context(active_test=False)
        known = chart.search([("company_ids", "in", company.ids)])
        tags = company.env["account.account.tag"]
        tag = tags.search([("name", "=", TAG)], limit=1) or tags.create(
            {"name": TAG, "applicability": "accounts"}
        )
        found = known.filtered(
            lambda each: (
                each.active
                and each.account_type == "liability_current"
                and tag in each.tag_ids
            )
        )[:1]
        if not found:
            found = chart.create(
                {
                    "name": company.env._("Accrued expenses"),
                    "code": company.env["medical.payroll.posting"]._free_code(
                        CODE, set(known.mapped("code"))
                    ),
                    "account_type": "liability_current",
                    "company_ids": [Command.set(company.ids)],
                    "tag_ids": [Command.set(tag.ids)],
                }
            )
        company.medical_accrued_account_id = found
        return found

    def _medical_close_journal(self):
        """The journal of adjusting entries: the first general one that is not of pay.

        :return: ``account.journal``, with superuser rights; empty where there is none
        """
        self.ensure_one()
        # sudo: which journal an entry of the program goes to is no secret
        journals = self.env["account.journal"].sudo()
        return journals.search(
            [
                ("company_id", "=", self.id),
                ("type", "=", "general"),
                (
                    "id",
                    "!=",
                    self.sudo().medical_payroll_journal_id.id,
                ),  # sudo: as above
            ],
            order="sequence, id",
            limit=1,
        )
