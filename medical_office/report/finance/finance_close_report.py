"""A month's close on paper: its steps with evidence, its variances with causes."""

from odoo import models

from ...engine.core.labels import labels_of
from ...engine.core.months import month_name, short_month
from ...tools.core.sheet import Column, Sheet


class FinanceVarianceReport(models.AbstractModel):
    """The variances that the reader may see; a head has the own departments'."""

    _name = "report.medical_office.finance_variances"
    _inherit = "medical.core.report"
    _description = "Variances, Printed"

    def _title(self, docs, data):
        return self.env._("Variances")

    def _period(self, docs, data):
        months = sorted(set(docs.mapped("month")))
        return ", ".join(month_name(self.env, month) for month in months)

    def _currency(self, docs, data):
        return docs[:1].company_id.currency_id or super()._currency(docs, data)

    def _sheets(self, docs, data):
        return [self._variances(docs)]

    def _variances(self, rows):
        _ = self.env._
        kinds = labels_of(rows, "base_kind")
        states = labels_of(rows, "state")
        return Sheet(
            name=_("Variances"),
            columns=[
                Column("month", _("Month"), width=12),
                Column("department", _("Department"), width=22),
                Column("category", _("Category"), width=30),
                Column("actual", _("Actual"), "money"),
                Column("base", _("Expected"), "money"),
                Column("against", _("Compared with"), width=18),
                Column("difference", _("Difference"), "money"),
                Column("percent", _("Off by"), "percent"),
                Column("cause", _("Cause"), width=22),
                Column("note", _("In a Sentence"), width=50),
                Column("by", _("Explained by"), width=20),
                Column("state", _("Status"), width=14),
            ],
            rows=[
                {
                    "month": short_month(self.env, row.month),
                    "department": row.department_id.name or _("No department"),
                    "category": row.category_id.name,
                    "actual": row.actual,
                    "base": row.base,
                    "against": kinds.get(row.base_kind),
                    "difference": row.difference,
                    "percent": row.percent / 100 if row.has_percent else None,
                    "cause": row.cause_id.name,
                    "note": row.note,
                    "by": row.explained_by_id.name,
                    "state": states[row.state],
                }
                for row in rows
            ],
            note=_("What is off by more than both tolerances; most first."),
            empty=_("Nothing was off by more than the tolerances."),
        )


class FinanceCloseReport(models.AbstractModel):
    _name = "report.medical_office.finance_close"
    _inherit = "report.medical_office.finance_variances"
    _description = "Month-End Close, Printed"

    def _title(self, docs, data):
        return self.env._("Month-end close")

    def _sheets(self, docs, data):
        return [
            self._signatures(docs),
            self._steps(docs),
            self._variances(docs.variance_ids),
            self._adjusting(docs),
        ]

    def _signatures(self, closes):
        _ = self.env._
        states = labels_of(closes, "state")
        return Sheet(
            name=_("Signatures"),
            columns=[
                Column("month", _("Month"), width=16),
                Column("state", _("Status"), width=18),
                Column("signed", _("Signed by"), width=22),
                Column("signed_at", _("Signed"), "moment"),
                Column("approved", _("Approved by"), width=22),
                Column("approved_at", _("Approved"), "moment"),
                Column("lock", _("Books Locked to"), "day"),
                Column("reopened", _("Times Reopened"), "whole"),
                Column("note", _("Note"), width=50),
            ],
            rows=[
                {
                    "month": month_name(self.env, close.month),
                    "state": states[close.state],
                    "signed": close.signed_by_id.name,
                    "signed_at": close.signed_at or None,
                    "approved": close.approved_by_id.name,
                    "approved_at": close.approved_at or None,
                    "lock": close.lock_date or None,
                    "reopened": close.reopen_count,
                    "note": close.note,
                }
                for close in closes
            ],
        )

    def _steps(self, closes):
        _ = self.env._
        steps = closes.step_ids
        states = labels_of(steps, "state")
        return Sheet(
            name=_("Steps"),
            columns=[
                *self._month_column(closes),
                Column("name", _("Step"), width=34),
                Column("due", _("Due"), "day"),
                Column("found", _("Open Points"), "whole"),
                Column("summary", _("What Was Found"), width=50),
                Column("note", _("Note"), width=30),
                Column("done", _("Done by"), width=20),
                Column("done_at", _("Done"), "moment"),
                Column("verified", _("Verified by"), width=20),
                Column("verified_at", _("Verified"), "moment"),
                Column("state", _("Status"), width=16),
            ],
            rows=[
                {
                    "month": short_month(self.env, step.month),
                    "name": step.name,
                    "due": step.date_due or None,
                    "found": step.found,
                    "summary": step.summary,
                    "note": step.note,
                    "done": step.done_by_id.name,
                    "done_at": step.done_at or None,
                    "verified": step.verified_by_id.name,
                    "verified_at": step.verified_at or None,
                    "state": _("Not applicable") if step.is_na else states[step.state],
                }
                for step in steps
            ],
        )

    def _month_column(self, closes):
        """Of which month a row is, where several are printed together."""
        if len(closes) < 2:
            return []
        return [Column("month", self.env._("Month"), width=12)]

    def _adjusting(self, closes):
        _ = self.env._
        entries = closes.adjusting_ids
        kinds = labels_of(entries, "kind")
        states = labels_of(entries, "state")
        return Sheet(
            name=_("Adjusting entries"),
            columns=[
                *self._month_column(closes),
                Column("kind", _("Type"), width=32),
                Column("amount", _("Amount"), "money"),
                Column("entry", _("Entry"), width=20),
                Column("state", _("Status"), width=14),
            ],
            rows=[
                {
                    "month": short_month(self.env, entry.month),
                    "kind": kinds[entry.kind],
                    "amount": entry.amount,
                    "entry": entry.move_id.name,
                    "state": states[entry.state],
                }
                for entry in entries
            ],
            empty=_("None was proposed."),
        )


class FinanceVarianceXlsx(models.AbstractModel):
    _name = "report.medical_office.finance_variances_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Variances as a Spreadsheet"
    _source = "report.medical_office.finance_variances"


class FinanceCloseXlsx(models.AbstractModel):
    _name = "report.medical_office.finance_close_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Month-End Close as a Spreadsheet"
    _source = "report.medical_office.finance_close"
