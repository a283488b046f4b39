"""A budget request on paper: what was asked, why, what was reviewed and granted."""

from odoo import models

from ...engine.core.labels import labels_of
from ...engine.core.months import month_span
from ...tools.core.sheet import GROUP, Column, Sheet


class FinanceRequestReport(models.AbstractModel):
    """The requests that the reader may see; a head has the own departments'."""

    _name = "report.medical_office.finance_request"
    _inherit = "medical.core.report"
    _description = "Budget Request, Printed"
    _needs_records = True

    def _title(self, docs, _data):
        if len(docs) == 1:
            return self.env._("Budget request: %s", docs.department_id.name)
        return self.env._("Budget requests")

    def _period(self, docs, _data):
        return ", ".join(dict.fromkeys(self._months(row) for row in docs))

    def _currency(self, docs, _data):
        return docs[:1].currency_id

    def _months(self, request):
        first = request.date_from
        return month_span(self.env, first, request.date_to or first)

    def _sheets(self, docs, _data):
        return [self._requests(docs), self._lines(docs), self._reasons(docs)]

    def _amounts(self, state_seen):
        """Columns of money: what nobody has reviewed or granted yet is no zero."""
        _ = self.env._
        columns = [Column("asked", _("Asked"), "money", total=True)]
        if state_seen & {"reviewed", "granted"}:
            columns.append(Column("reviewed", _("Reviewed"), "money", total=True))
        if "granted" in state_seen:
            columns.append(Column("granted", _("Granted"), "money", total=True))
        return columns

    def _requests(self, docs):
        _ = self.env._
        states = labels_of(docs, "state")
        return Sheet(
            name=_("Request"),
            columns=[
                Column("department", _("Department"), width=24),
                Column("months", _("Months"), width=20),
                Column("version", _("Version"), "whole"),
                Column("state", _("Status"), width=12),
                *self._amounts(set(docs.mapped("state"))),
                Column("submitted", _("Submitted by"), width=22),
                Column("submitted_at", _("Submitted"), "moment"),
                Column("reviewer", _("Reviewed by"), width=22),
                Column("granter", _("Granted by"), width=22),
                Column("granted_at", _("Granted on"), "moment"),
            ],
            rows=[
                {
                    "department": row.department_id.name,
                    "months": self._months(row),
                    "version": row.version,
                    "state": states[row.state],
                    **self._figures(row.state, row.asked, row.adjusted, row.granted),
                    "submitted": row.submitted_by_id.name,
                    "submitted_at": row.submitted_at or None,
                    "reviewer": row.reviewed_by_id.name,
                    "granter": row.granted_by_id.name,
                    "granted_at": row.granted_at or None,
                }
                for row in docs
            ],
            note="\n".join(filter(None, docs.mapped("note"))),
        )

    def _figures(self, state, asked, reviewed, granted):
        return {
            "asked": asked,
            "reviewed": reviewed if state in ("reviewed", "granted") else None,
            "granted": granted if state == "granted" else None,
        }

    def _lines(self, docs):
        _ = self.env._
        lines = docs.line_ids
        sources = labels_of(lines, "source")
        return self._line_sheet(
            docs,
            _("Lines"),
            [
                Column("category", _("Category"), width=30),
                Column("name", _("For What"), width=36),
                Column("source", _("Source"), width=22),
                *self._amounts(set(docs.mapped("state"))),
                Column("adjust_reason", _("Why Adjusted"), width=30),
                Column("grant_reason", _("Why Not All"), width=30),
            ],
            lambda line: {
                "source": sources[line.source],
                **self._figures(line.state, line.amount, line.adjusted, line.granted),
                "adjust_reason": line.adjust_reason or None,
                "grant_reason": line.grant_reason or None,
            },
        )

    def _reasons(self, docs):
        _ = self.env._
        return self._line_sheet(
            docs,
            _("Reasons"),
            [
                Column("category", _("Category"), width=30),
                Column("name", _("For What"), width=30),
                Column("reason", _("Why"), width=44),
                Column("consequence", _("If Cut"), width=44),
                Column("working", _("How It Was Figured"), width=60),
            ],
            lambda line: {
                "reason": line.reason or None,
                "consequence": line.consequence or None,
                "working": line.working or None,
            },
        )

    def _line_sheet(self, docs, name, columns, more_of):
        """A row for each line, below the name of its request where there are several.

        :param more_of: what stands in a line's row beside its category and name
        """
        rows = []
        for request in docs:
            if len(docs) > 1:
                rows.append({GROUP: request.display_name})
            rows += [
                {"category": line.category_id.name, "name": line.name, **more_of(line)}
                for line in request.line_ids
            ]
        return Sheet(
            name=name,
            columns=columns,
            rows=rows,
            empty=self.env._("No line was entered."),
        )


class FinanceRequestXlsx(models.AbstractModel):
    _name = "report.medical_office.finance_request_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Budget Request as a Spreadsheet"
    _source = "report.medical_office.finance_request"
