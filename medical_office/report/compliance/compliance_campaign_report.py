"""Who has read a policy, who is missing."""

from odoo import models

from ...tools.core.sheet import GROUP, Column, Sheet


class ComplianceCampaignReport(models.AbstractModel):
    _name = "report.medical_office.compliance_campaign_report"
    _inherit = "medical.core.report"
    _description = "Acknowledgments, Printed"
    _on_practice_clock = True

    def _sheets(self, docs, _data):
        _ = self.env._
        rows = []
        for campaign in docs:
            rows.append({GROUP: campaign.display_name})
            for row in campaign.reader_ids.sorted(
                # sudo: colleagues' names, for who may read all rows
                lambda one: (bool(one.acknowledged_at), one.sudo().user_id.name)
            ):
                rows.append(
                    {
                        "who": row.sudo().user_id.name,  # sudo: as above
                        "due": campaign.date_due,
                        "read": row.acknowledged_at or None,
                        "missing": not row.acknowledged_at,
                        "reminders": row.reminder_count,
                    }
                )
        return [
            Sheet(
                _("Acknowledgments"),
                [
                    Column("who", _("Reader"), width=30),
                    Column("due", _("Read by"), "day"),
                    Column("read", _("Read"), "moment"),
                    Column("missing", _("Missing"), "flag"),
                    Column("reminders", _("Reminders"), "whole"),
                ],
                rows,
                empty=_("Nobody has been asked yet."),
            )
        ]


class ComplianceCampaignXlsx(models.AbstractModel):
    _name = "report.medical_office.compliance_campaign_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Acknowledgments as a Spreadsheet"

    _source = "report.medical_office.compliance_campaign_report"
