"""The surveyor's binder: every round, reading, signature, miss and corrective action."""

from odoo import models
from odoo.tools import format_date

from ...engine.core.labels import labels_of
from ...tools.core.sheet import Column, Sheet

# a longer table is printed up to here; the spreadsheet has all of it
PRINTED_ROWS = 2000
ROUND_FIELDS = (
    "id",
    "checklist_id",
    "schedule_id",
    "site_id",
    "date_due",
    "state",
    "signed_by_id",
    "signed_at",
    "missed_at",
    "failed_count",
    "is_excused",
    "excuse_reason",
    "excused_by_id",
    "medical_request_id",
)
LINE_FIELDS = (
    "id",
    "round_id",
    "name",
    "citation",
    "room_id",
    "equipment_id",
    "item_type",
    "result",
    "value_number",
    "value_text",
    "uom",
    "limit_min",
    "limit_max",
    "note",
    "entered_by_id",
    "entered_at",
    "date_due",
    "medical_request_id",
)


class FacilityBinderReport(models.AbstractModel):
    """Lines come as plain rows in one query each: a year holds a hundred thousand."""

    _name = "report.medical_office.facility_binder"
    _inherit = "medical.core.report"
    _description = "Survey Binder, Printed"

    _most_rows = PRINTED_ROWS

    def _title(self, docs, _data):
        standard = docs[:1].standard
        if not standard:
            return self.env._("Survey binder")
        return self.env._("Survey binder: %s", standard)

    def _period(self, docs, _data):
        return self.env._(
            "%(low)s to %(high)s",
            low=format_date(self.env, docs[:1].date_from),
            high=format_date(self.env, docs[:1].date_to),
        )

    def _sheets(self, docs, _data):
        binder = docs[:1]
        rounds = self._rows("medical.core.round", binder._round_domain(), ROUND_FIELDS)
        lines = self._rows(
            "medical.core.round.line", binder._line_domain(), LINE_FIELDS
        )
        names = self._names(rounds, lines)
        return [
            self._summary(rounds, names),
            self._rounds(rounds, names),
            self._missed(rounds, names),
            self._corrective(lines, names),
            self._readings(lines, names),
        ]

    def _rows(self, model, domain, names):
        """The records as dicts, ids for relations, in one query under the reader's rules."""
        records = self.env[model]
        records.flush_model()
        query = records._search(domain, order="date_due, id")
        rows = self.env.execute_query(
            query.select(
                *(records._field_to_sql(records._table, n, query) for n in names)
            )
        )
        return [dict(zip(names, row, strict=True)) for row in rows]

    def _names(self, rounds, lines):
        """{model: {id: name}} of what the rows point at, one query for each model."""
        wanted = {
            "medical.core.checklist": {row["checklist_id"] for row in rounds},
            "medical.core.schedule": {row["schedule_id"] for row in rounds},
            "res.users": {
                row[name]
                for rows, fields_ in (
                    (rounds, ("signed_by_id", "excused_by_id")),
                    (lines, ("entered_by_id",)),
                )
                for row in rows
                for name in fields_
            },
            "stock.location": {row["room_id"] for row in lines},
            "maintenance.equipment": {row["equipment_id"] for row in lines},
        }
        names = {}
        for model, ids in wanted.items():
            # sudo: the names belong to the record of the round, which the reader may read
            records = self.env[model].sudo().browse(i for i in ids if i)
            names[model] = {record.id: record.name for record in records.exists()}
        return names

    def _cut(self, rows):
        """(rows to print, note): a PDF of ten thousand readings helps nobody."""
        if self.env.context.get("medical_all_rows") or len(rows) <= self._most_rows:
            return rows, ""
        return rows[: self._most_rows], self.env._(
            "The first %(shown)s of %(all)s; the spreadsheet has all of them.",
            shown=self._most_rows,
            all=len(rows),
        )

    # --------------------------------------------------------------------- sheets

    def _summary(self, rounds, names):
        _ = self.env._
        counts = {}
        for row in rounds:
            if row["medical_request_id"]:
                continue
            by = counts.setdefault(row["checklist_id"], [0, 0, 0, 0])
            by[0] += 1
            by[1] += row["state"] == "done"
            by[2] += row["state"] == "missed"
            by[3] += bool(row["is_excused"])
        checklists = self.env["medical.core.checklist"].browse(counts)
        return Sheet(
            _("Summary"),
            [
                Column("name", _("Checklist"), width=36),
                Column("citation", _("Standard"), width=40),
                Column("due", _("Due"), "whole", total=True),
                Column("done", _("Signed"), "whole", total=True),
                Column("missed", _("Missed"), "whole", total=True),
                Column("excused", _("of which excused"), "whole", total=True),
                Column(
                    "rate",
                    _("Rate"),
                    "percent",
                    of_totals=lambda row: row["done"] / row["due"],
                ),
            ],
            [
                {
                    "name": checklist.name,
                    "citation": checklist.citation or "",
                    "due": counts[checklist.id][0],
                    "done": counts[checklist.id][1],
                    "missed": counts[checklist.id][2],
                    "excused": counts[checklist.id][3],
                    "rate": counts[checklist.id][1] / counts[checklist.id][0],
                }
                for checklist in checklists.sorted("name")
            ],
            note=_(
                "Signed rounds as a share of all rounds due, not counting "
                "retests after repairs."
            ),
        )

    def _rounds(self, rounds, names):
        _ = self.env._
        states = labels_of(self.env["medical.core.round"], "state")
        rows, note = self._cut(rounds)
        return Sheet(
            _("Rounds and signatures"),
            [
                Column("due", _("Due"), "moment"),
                Column("name", _("Round"), width=40),
                Column("state", _("Status"), width=12),
                Column("by", _("Signed by"), width=22),
                Column("at", _("Signed"), "moment"),
                Column("failed", _("Failed items"), "whole"),
                Column("retest", _("Retest"), "flag"),
            ],
            [
                {
                    "due": row["date_due"],
                    "name": names["medical.core.schedule"].get(row["schedule_id"], ""),
                    "state": states[row["state"]],
                    "by": names["res.users"].get(row["signed_by_id"], ""),
                    "at": row["signed_at"],
                    "failed": row["failed_count"],
                    "retest": bool(row["medical_request_id"]),
                }
                for row in rows
            ],
            note=note,
        )

    def _missed(self, rounds, names):
        _ = self.env._
        missed = [row for row in rounds if row["state"] == "missed" or row["missed_at"]]
        rows, note = self._cut(missed)
        return Sheet(
            _("Missed rounds"),
            [
                Column("due", _("Due"), "moment"),
                Column("name", _("Round"), width=40),
                Column("later", _("Done later"), "moment"),
                Column("reason", _("Reason on record"), width=46),
                Column("by", _("Excused by"), width=22),
            ],
            [
                {
                    "due": row["date_due"],
                    "name": names["medical.core.schedule"].get(row["schedule_id"], ""),
                    "later": row["signed_at"] if row["state"] == "done" else None,
                    "reason": row["excuse_reason"] or "",
                    "by": names["res.users"].get(row["excused_by_id"], ""),
                }
                for row in rows
            ],
            note=note,
            empty=_("No rounds were missed."),
        )

    def _corrective(self, lines, names):
        _ = self.env._
        failed = [row for row in lines if row["result"] == "fail"]
        repairs = self._requests(failed)
        rows, note = self._cut(failed)
        return Sheet(
            _("Failures and corrective action"),
            [
                Column("at", _("Found"), "moment"),
                Column("where", _("Where"), width=26),
                Column("item", _("Failed item"), width=30),
                Column("note", _("What was found"), width=34),
                Column("request", _("Request"), width=12),
                Column("repaired", _("Repaired"), "moment"),
                Column("by", _("By"), width=20),
                Column("passed", _("Passed again"), "moment"),
                Column("closed", _("Closed"), "moment"),
            ],
            [
                {
                    "at": row["entered_at"],
                    "where": self._where(row, names),
                    "item": row["name"],
                    "note": row["note"] or self._value(row),
                    **repairs.get(row["medical_request_id"], {}),
                }
                for row in rows
            ],
            note=note,
            empty=_("Nothing failed."),
        )

    def _requests(self, failed):
        """{request id: what became of it}; two queries."""
        ids = {row["medical_request_id"] for row in failed} - {None}
        # sudo: what was done about a failure belongs to its record
        requests = self.env["maintenance.request"].sudo().browse(ids).exists()
        return {
            request.id: {
                "request": f"#{request.id}",
                "repaired": request.medical_repaired_at or None,
                "by": request.medical_repaired_by_id.name
                or request.medical_vendor_id.name
                or "",
                "passed": max(
                    request.medical_retest_line_ids.mapped("entered_at"), default=None
                ),
                "closed": request.medical_closed_at or None,
            }
            for request in requests
        }

    def _readings(self, lines, names):
        _ = self.env._
        labels = labels_of(self.env["medical.core.round.line"], "result")
        rows, note = self._cut(lines)
        return Sheet(
            _("Readings"),
            [
                Column("due", _("Due"), "moment"),
                Column("where", _("Where"), width=26),
                Column("item", _("Item"), width=34),
                Column("value", _("Reading"), width=14),
                Column("limits", _("Limits"), width=16),
                Column("result", _("Result"), width=10),
                Column("by", _("Entered by"), width=20),
                Column("at", _("Entered"), "moment"),
                Column("citation", _("Standard"), width=34),
            ],
            [
                {
                    "due": row["date_due"],
                    "where": self._where(row, names),
                    "item": row["name"],
                    "value": self._value(row),
                    "limits": self._limits(row),
                    "result": labels[row["result"]],
                    "by": names["res.users"].get(row["entered_by_id"], ""),
                    "at": row["entered_at"],
                    "citation": row["citation"] or "",
                }
                for row in rows
            ],
            note=note,
        )

    def _where(self, row, names):
        parts = (
            names["stock.location"].get(row["room_id"]),
            names["maintenance.equipment"].get(row["equipment_id"]),
        )
        return " – ".join(part for part in parts if part)

    def _value(self, row):
        if row["item_type"] == "number" and row["value_number"] is not None:
            return f"{row['value_number']:g} {row['uom'] or ''}".strip()
        return row["value_text"] or ""

    def _limits(self, row):
        low, high = row["limit_min"], row["limit_max"]
        if low is None and high is None:
            return ""
        texts = ("" if bound is None else f"{bound:g}" for bound in (low, high))
        return " – ".join(texts).strip()


class FacilityBinderXlsx(models.AbstractModel):
    _name = "report.medical_office.facility_binder_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Survey Binder as a Spreadsheet"

    _source = "report.medical_office.facility_binder"

    def generate_xlsx_report(self, workbook, data, objs):
        """Every row, however many: that is what the spreadsheet is for."""
        return super(
            FacilityBinderXlsx, self.with_context(medical_all_rows=True)
        ).generate_xlsx_report(workbook, data, objs.with_context(medical_all_rows=True))
