"""Incidents as a list, and the poster that leads to the anonymous form."""

import base64

from odoo import models
from odoo.tools.image import image_data_uri

from ...engine.core.labels import labels_of
from ...tools.core.sheet import Column, Sheet


class ComplianceIncidentReport(models.AbstractModel):
    """What was reported and what came of it; nobody is named."""

    _name = "report.medical_office.compliance_incident_report"
    _inherit = "medical.core.report"
    _description = "Incidents, Printed"

    def _sheets(self, docs, _data):
        _ = self.env._
        labels = {name: labels_of(docs, name) for name in ("kind", "state")}
        return [
            Sheet(
                _("Incidents"),
                [
                    Column("number", _("No."), "whole"),
                    Column("reported", _("Reported"), "day"),
                    Column("kind", _("Type"), width=20),
                    Column("where", _("Where"), width=22),
                    Column("what", _("What happened"), width=60),
                    Column("cause", _("Cause"), width=40),
                    Column("done", _("What was done"), width=40),
                    Column("state", _("Status"), width=12),
                    Column("closed", _("Closed"), "day"),
                ],
                [
                    {
                        "number": one.id,
                        "reported": one.reported_on,
                        "kind": labels["kind"][one.kind],
                        # sudo: names of rooms and sites are no secret
                        "where": one.sudo().room_id.name or one.place or "",
                        "what": one.what,
                        "cause": one.cause or "",
                        "done": one.done or "",
                        "state": labels["state"][one.state],
                        "closed": one.closed_on or None,
                    }
                    for one in docs
                ],
                empty=_("No incident is on record."),
            )
        ]


class ComplianceIncidentXlsx(models.AbstractModel):
    _name = "report.medical_office.compliance_incident_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Incidents as a Spreadsheet"

    _source = "report.medical_office.compliance_incident_report"


class CompliancePosterReport(models.AbstractModel):
    """One page to hang up where people pass."""

    _name = "report.medical_office.compliance_poster_report"
    _description = "Poster for Anonymous Reports"

    def _get_report_values(self, docids, data=None):
        companies = self.env["res.company"].browse(docids or [])
        companies.check_access("read")
        self.env["medical.core.guard"]._check_caller(
            "compliance_group_officer", "core_group_manager", "core_group_director"
        )
        barcode = self.env["ir.actions.report"].barcode
        pages = []
        for company in companies:
            url = company._medical_report_url()
            picture = barcode("QR", url, width=600, height=600)
            pages.append(
                {
                    "practice": company.name,
                    "url": url,
                    "picture": image_data_uri(base64.b64encode(picture)),
                }
            )
        return {"docs": companies, "pages": pages}
