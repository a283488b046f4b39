"""Business associates with what is on file of them."""

from odoo import models

from ...engine.core.labels import labels_of
from ...tools.core.sheet import Column, Sheet


class ComplianceAssociateReport(models.AbstractModel):
    _name = "report.medical_office.compliance_associate_report"
    _inherit = "medical.core.report"
    _description = "Business Associates, Printed"

    def _sheets(self, docs, _data):
        _ = self.env._
        labels = {
            name: labels_of(docs, name) for name in ("agreement_status", "exclusion")
        }
        return [
            Sheet(
                _("Business Associates"),
                [
                    Column("vendor", _("Vendor"), width=34),
                    Column("services", _("What it does"), width=44),
                    Column("agreement", _("Agreement"), width=14),
                    Column("until", _("Ends"), "day"),
                    Column("insured", _("Insured until"), "day"),
                    Column("exclusion", _("Exclusion screening"), width=20),
                    Column("who", _("Responsible"), width=22),
                ],
                [
                    {
                        "vendor": one.partner_id.display_name,
                        "services": one.services,
                        "agreement": labels["agreement_status"][one.agreement_status],
                        "until": one.agreement_until or None,
                        "insured": one.insurance_until or None,
                        "exclusion": labels["exclusion"].get(one.exclusion, ""),
                        # sudo: a colleague's name is no secret here
                        "who": one.sudo().user_id.name or "",
                    }
                    for one in docs
                ],
                empty=_("No business associate is on record."),
            )
        ]


class ComplianceAssociateXlsx(models.AbstractModel):
    _name = "report.medical_office.compliance_associate_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Business Associates as a Spreadsheet"

    _source = "report.medical_office.compliance_associate_report"
