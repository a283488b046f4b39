"""The list of exceptions on paper and as a spreadsheet."""

from odoo import models

from ...engine.core.labels import labels_of
from ...tools.core.sheet import GROUP, Column, Sheet


class CoreExceptionReport(models.AbstractModel):
    _name = "report.medical_office.core_exception_report"
    _inherit = "medical.core.report"
    _description = "Exceptions, Printed"
    _on_practice_clock = True

    def _currency(self, docs, _data):
        return docs.currency_id[:1] or self.env.company.currency_id

    def _sheets(self, docs, _data):
        """One sheet: the exceptions under a heading for each area."""
        return [
            Sheet(
                self.env._("Exceptions"),
                self._columns(docs),
                self._rows(docs),
                empty=self.env._("Nothing is open."),
            )
        ]

    def _columns(self, docs):
        _ = self.env._
        columns = [
            Column("severity", _("Severity"), width=10),
            Column("summary", _("What is wrong"), width=60),
            Column("owner", _("Owner"), width=20),
            Column("due", _("Due"), "moment"),
            Column("opened", _("Opened"), "moment"),
            Column("state", _("Status"), width=16),
            Column("waived", _("Waived until"), "day"),
            Column("reopened", _("Came back"), "whole"),
        ]
        if self._with_money(docs):
            # one currency only can be added up
            total = len(docs.currency_id) == 1
            columns.insert(4, Column("money", _("At risk"), "money", total=total))
        return columns

    def _with_money(self, docs):
        """Whether the reader may see sums, and there are any."""
        may_read = docs._has_field_access(docs._fields["money_at_risk"], "read")
        return may_read and any(docs.mapped("money_at_risk"))

    def _rows(self, docs):
        labels = {
            name: labels_of(docs, name) for name in ("domain", "severity", "state")
        }
        with_money = self._with_money(docs)
        rows = []
        for domain, label in labels["domain"].items():
            found = docs.filtered(lambda e, domain=domain: e.domain == domain)
            if not found:
                continue
            rows.append({GROUP: label})
            for e in found.sorted(lambda e: (-e.severity_rank, str(e.date_due), e.id)):
                row = {
                    "severity": labels["severity"][e.severity],
                    "summary": e.summary,
                    # sudo: a colleague's name is no secret to who reads the exception
                    "owner": e.sudo().user_id.name or "",
                    "due": e.date_due or None,
                    "opened": e.date_opened,
                    "state": labels["state"][e.state],
                    "waived": e.waive_until or None,
                    "reopened": e.reopen_count or None,
                }
                if with_money:
                    row["money"] = e.money_at_risk or None
                rows.append(row)
        return rows


class CoreExceptionXlsx(models.AbstractModel):
    _name = "report.medical_office.core_exception_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Exceptions as a Spreadsheet"

    _source = "report.medical_office.core_exception_report"
