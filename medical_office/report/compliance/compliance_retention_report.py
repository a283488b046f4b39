"""The retention register on paper."""

from odoo import models

from ...engine.core.labels import labels_of
from ...tools.core.sheet import Column, Sheet


class ComplianceRetentionReport(models.AbstractModel):
    _name = "report.medical_office.compliance_retention_report"
    _inherit = "medical.core.report"
    _description = "Retention Register, Printed"

    def _printable(self, sheet, currency):
        """Its few rows are tall: kept together they would leave the first page empty."""
        return {**super()._printable(sheet, currency), "is_short": False}

    def _sheets(self, docs, _data):
        _ = self.env._
        purges = labels_of(docs, "purge")
        return [
            Sheet(
                _("Retention Register"),
                [
                    Column("name", _("Records"), width=34),
                    Column("rule", _("Kept for"), width=26),
                    Column("starts", _("Counted from"), width=24),
                    Column("citation", _("Rule"), width=34),
                    Column("checked", _("Read"), "flag"),
                    Column("held", _("Where they are"), width=26),
                    Column("purge", _("How they go"), width=24),
                    Column("due", _("May go"), "whole"),
                    Column("next", _("Next on"), "day"),
                ],
                [
                    {
                        "name": one.name,
                        "rule": one.rule,
                        "starts": one.starts or "",
                        "citation": one.citation or "",
                        "checked": one.is_checked,
                        "held": one.held or "",
                        "purge": purges[one.purge],
                        "due": one.due_count or None,
                        "next": one.next_due or None,
                    }
                    for one in docs
                ],
                empty=_("The register is empty."),
            )
        ]


class ComplianceRetentionXlsx(models.AbstractModel):
    _name = "report.medical_office.compliance_retention_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Retention Register as a Spreadsheet"

    _source = "report.medical_office.compliance_retention_report"
