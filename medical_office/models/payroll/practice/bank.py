"""The practice's bank for pay, and the direct deposit file of a run."""

import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ....tools.payroll import ach

LABEL = 16  # characters that a statement shows of the company
PAY = "medical_office.core_group_payroll"


class PayrollBank(models.Model):
    """Who sends the file, as the bank's set-up letter gives it. One of each company."""

    _name = "medical.payroll.bank"
    _description = "Payroll Bank Account"
    _inherit = ["medical.core.guard"]
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    name = fields.Char("Bank", required=True, size=23)
    destination = fields.Char(
        "Routing number",
        required=True,
        size=9,
        help="Of the bank that receives the file (immediate destination).",
    )
    origin = fields.Char(
        required=True,
        size=10,
        default=lambda self: self._default_ident(),
        help="Assigned by the bank; often 1 and the EIN.",
    )
    company_ident = fields.Char(
        "Company identification",
        required=True,
        size=10,
        default=lambda self: self._default_ident(),
        help="Assigned by the bank; often 1 and the EIN.",
    )
    company_label = fields.Char(
        "Company name on statements",
        required=True,
        size=LABEL,
        default=lambda self: (self.env.company.name or "").upper()[:LABEL].strip(),
    )
    balanced = fields.Boolean(
        "Balanced file",
        help=("The bank requires the debit to the practice's account in the file."),
    )
    account = fields.Char(
        "Practice's account", groups=f"{PAY},medical_office.core_group_accountant"
    )
    prenote_new = fields.Boolean(
        "Prenote new accounts",
        help="A new or changed account first gets a zero-dollar entry (prenote) in "
        "the next bank file. Pay goes to it from the third banking day after "
        "that; until then it goes to the other accounts or by check.",
    )
    lead_days = fields.Integer(
        "Lead Time (Banking Days)",
        default=2,
        help="How many banking days before the pay date the bank wants the file.",
    )
    journal_id = fields.Many2one(
        "account.journal",
        "Bank Journal",
        required=True,
        check_company=True,
        domain="[('type', '=', 'bank')]",
        default=lambda self: self._default_journal(),
    )

    _unique = models.Constraint(
        "UNIQUE (company_id)", "A company can have only one payroll bank account."
    )

    _lead = models.Constraint(
        "CHECK (lead_days BETWEEN 0 AND 10)",
        "The bank's lead time is 0 to 10 banking days.",
    )

    @api.model
    def _default_ident(self):
        """What most banks assign: 1 and the EIN; the bank's letter says whether."""
        digits = re.sub(r"\D", "", self.env.company.vat or "")
        return f"1{digits}" if len(digits) == 9 else ""

    @api.model
    def _default_journal(self):
        """The bank journal, where there is only one."""
        found = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.env.company.id)], limit=2
        )
        return found if len(found) == 1 else found.browse()

    @api.constrains("destination")
    def _check_destination(self):
        for bank in self:
            if wrong := ach.routing_problem(bank.destination or ""):
                raise ValidationError(wrong)

    @api.constrains("balanced", "account")
    def _check_account(self):
        for bank in self:
            if bank.balanced and not bank.account:
                raise ValidationError(
                    self.env._("A balanced file needs the practice's account number.")
                )

    @api.model
    def _of(self, company):
        """The bank of a company.

        :raises UserError: none is set
        """
        bank = self.search([("company_id", "=", company.id)], limit=1)
        if not bank:
            raise UserError(
                self.env._(
                    (
                        "%s has no payroll bank account: set it under Pay, "
                        "Payroll Bank Account."
                    ),
                    company.name,
                )
            )
        return bank

    def _ach_origin(self):
        self.ensure_one()
        return ach.Origin(
            destination=self.destination,
            destination_name=self.name,
            origin=self.origin,
            origin_name=(self.company_id.name or "")[:23],
            company_name=self.company_label,
            company_id=self.company_ident,
            odfi=self.destination,
        )

    def action_prenotes(self):
        """Send the prenotes that wait in a file of their own, without a pay run.

        :return: action that opens the file
        """
        self.ensure_one()
        if not self.env.user.has_group(PAY):
            raise AccessError(self.env._("Only payroll can create the bank file."))
        waiting = self.env["medical.payroll.account"]._to_prenote(self.company_id)
        if not waiting:
            raise UserError(
                self.env._(
                    "No account is waiting for a prenote. Set the account's prenote "
                    "to “To send” first."
                )
            )
        now = fields.Datetime.context_timestamp(self, fields.Datetime.now())
        file = self.env["medical.payroll.bank.file"]._write_file(
            self, "prenote", [], ach.add_banking_days(now.date(), 1), now
        )
        return file._open()
