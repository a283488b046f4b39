"""The address behind the poster by which anybody reports without a name."""

import secrets

from odoo import api, fields, models

from .incident import OFFICERS


class ResCompany(models.Model):
    _inherit = "res.company"

    medical_report_token = fields.Char(
        "Anonymous reports",
        copy=False,
        readonly=True,
        groups="base.group_system",
        help="The secret part of the address on the poster.",
    )

    _medical_report_token_unique = models.UniqueIndex(
        "(medical_report_token) WHERE medical_report_token IS NOT NULL",
        "Two practices cannot share the address of anonymous reports.",
    )

    def _medical_report_url(self):
        """The address of the form; its secret part is made when first asked for."""
        self.ensure_one()
        company = self.sudo()  # sudo: the address is printed by who may see no token
        if not company.medical_report_token:
            company._medical_renew_report_token()
        token = company.medical_report_token
        return f"{company.get_base_url()}/medical_office/report/{token}"

    def _medical_renew_report_token(self):
        company = self.sudo()  # sudo: made by the program, as above
        company.medical_report_token = secrets.token_urlsafe(16)


class ComplianceIncident(models.Model):
    _inherit = "medical.compliance.incident"

    @api.model
    def action_poster(self):
        """The poster with the code that leads to the anonymous form, as PDF."""
        self._check_caller(*OFFICERS)
        # sudo: the action itself; whoever may not print is refused above
        report = self.env.ref("medical_office.compliance_poster_report_action").sudo()
        return report.report_action(self.env.company.ids, config=False)

    @api.model
    def action_renew_poster(self):
        """Give the form a new address: posters that hang somewhere lead nowhere."""
        self._check_caller(*OFFICERS)
        self.env.company._medical_renew_report_token()
        return self.action_poster()
