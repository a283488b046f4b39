"""Notices of payers with their days and answers."""

from odoo import models

from ...engine.core.labels import labels_of
from ...tools.core.sheet import Column, Sheet


class PayerNoticeReport(models.AbstractModel):
    _name = "report.medical_office.payer_notice_report"
    _inherit = "medical.core.report"
    _description = "Payer Notices, Printed"

    def _sheets(self, docs, _data):
        _ = self.env._
        labels = {name: labels_of(docs, name) for name in ("kind", "state")}
        return [
            Sheet(
                _("Notices"),
                [
                    Column("received", _("Received on"), "day"),
                    Column("payer", _("Payer"), width=24),
                    Column("kind", _("Type"), width=16),
                    Column("name", _("Subject"), width=36),
                    Column("due", _("Answer by"), "day"),
                    Column("state", _("Status"), width=16),
                    Column("sent", _("Answer sent on"), "day"),
                    Column("proof", _("Proof"), "flag"),
                    Column("who", _("Responsible"), width=20),
                ],
                [
                    {
                        "received": notice.received_on,
                        "payer": notice.payer_id.name or _("Unknown"),
                        "kind": labels["kind"].get(notice.kind, ""),
                        "name": notice.name,
                        "due": notice.response_due or None,
                        "state": labels["state"][notice.state],
                        "sent": notice.sent_on or None,
                        "proof": bool(notice.proof),
                        # sudo: a colleague's name is no secret here
                        "who": notice.sudo().user_id.name or "",
                    }
                    for notice in docs.with_context(bin_size=True)
                ],
                empty=_("No notice was chosen."),
            )
        ]


class PayerNoticeXlsx(models.AbstractModel):
    _name = "report.medical_office.payer_notice_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Payer Notices as a Spreadsheet"
    _source = "report.medical_office.payer_notice_report"
