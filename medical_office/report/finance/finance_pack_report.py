"""The monthly pack on paper and as a spreadsheet, from its frozen content alone."""

from datetime import date

from odoo import models
from odoo.tools.misc import format_date

from ...tools.core.sheet import GROUP, NUMBERS, Column, Sheet

WIDE = frozenset({"name", "note", "reason"})


class FinancePackReport(models.AbstractModel):
    _name = "report.medical_office.finance_pack_report"
    _inherit = "medical.core.report"
    _description = "Monthly Pack, Printed"
    _on_practice_clock = True

    def _title(self, docs, _data):
        return self.env._("Monthly Pack %s", ", ".join(docs.mapped("display_name")))

    def _period(self, docs, _data):
        days = [
            format_date(self.env, day)
            for pack in docs[:1]
            for day in (pack.month, pack.close_id.date_end)
        ]
        return " – ".join(days)

    def _currency(self, docs, _data):
        return docs[:1].currency_id or self.env.company.currency_id

    def _get_report_values(self, docids, data=None):
        """As for every report; the body of the paper is our own, with headings and sums."""
        values = super()._get_report_values(docids, data)
        packs = values["docs"]
        return {
            **values,
            "parts": {pack: self._printable_sections(pack) for pack in packs},
            "facts": {pack: self._facts(pack) for pack in packs},
        }

    def _sheets(self, docs, _data):
        """A tab for each section of each pack."""
        return [
            Sheet(
                part["name"],
                [
                    Column(
                        each["key"],
                        each["title"],
                        each["kind"],
                        width=44 if each["key"] in WIDE else None,
                    )
                    for each in part["columns"]
                ],
                [self._sheet_row(part, row) for row in part["rows"]],
                note=part["note"],
            )
            for pack in docs
            for part in (pack.content or {}).get("sections", ())
        ]

    def _sheet_row(self, part, row):
        days = [each["key"] for each in part["columns"] if each["kind"] == "day"]
        row = row | {key: self._day(row[key]) for key in days if row.get(key)}
        first = part["columns"][0]["key"]
        if row.get("style") == "head":
            return {GROUP: row[first]}
        if row.get("style") != "percent":
            return row
        return {
            key: f"{value * 100:.1f} %" if isinstance(value, float) else value
            for key, value in row.items()
        }

    def _printable_sections(self, pack):
        """The content as texts: [{name, note, columns, rows}]."""
        return [
            {
                "key": part["key"],
                "name": part["name"],
                "note": part["note"],
                "columns": [
                    {
                        "title": each["title"],
                        "css": "mo_number text-end" if each["kind"] in NUMBERS else "",
                    }
                    for each in part["columns"]
                ],
                "rows": [
                    {
                        "css": {
                            "head": "mo_group mo_keep_with_next fw-bold",
                            "total": "mo_total fw-bold",
                        }.get(row.get("style"), ""),
                        "cells": [
                            self._cell(pack, row, each) for each in part["columns"]
                        ],
                    }
                    for row in part["rows"]
                ],
            }
            for part in (pack.content or {}).get("sections", ())
        ]

    def _cell(self, pack, row, each):
        value, kind = row.get(each["key"]), each["kind"]
        is_number = kind in NUMBERS
        if is_number and row.get("style") == "percent":
            kind = "percent"
        if kind == "money" and isinstance(value, float):
            text = self._money(value)
        else:
            text = self._as_text(value, kind, pack.currency_id)
        css = "mo_number text-end" if is_number else ""
        # a cost below its budget is a negative difference, and good
        is_bad = isinstance(value, float) and (
            bool(value) and not row["favorable"]
            if each["key"] == "difference" and "favorable" in row
            else value < 0
        )
        if is_number and is_bad:
            css += " mo_negative"
        return {"text": text, "css": css}

    def _day(self, text):
        """A day of the frozen content, which is JSON."""
        return date.fromisoformat(text)

    def _as_text(self, value, kind, currency):
        if kind == "day" and isinstance(value, str) and value:
            value = self._day(value)
        return super()._as_text(value, kind, currency)

    def _money(self, value):
        """Dollars without cents and sign, negative in parentheses, as statements print
        them; zero is a dash. The spreadsheet has the cents."""
        whole = round(abs(value))
        if not whole:
            return "–"
        return f"({whole:,})" if value < 0 else f"{whole:,}"

    def _facts(self, pack):
        """The few figures that stand above everything: [(label, text)]."""
        _ = self.env._
        parts = {
            part["key"]: {row["id"]: row for row in part["rows"]}
            for part in (pack.content or {}).get("sections", ())
        }
        income = parts.get("income_accrual", {})
        found = [
            (label, self._fact(income.get(key)))
            for label, key in (
                (_("Net medical revenue"), "revenue"),
                (_("Total operating cost"), "operating"),
                (_("Operating profit"), "profit"),
                (_("Net income"), "net"),
            )
        ]
        lowest = [
            row["lowest"]
            for row in parts.get("forecast", {}).values()
            if row.get("lowest") is not None
        ]
        least = self._money(min(lowest)) if lowest else ""
        explained = str(len(parts.get("variances", {})))
        found += [
            (_("Lowest cash ahead"), (least, "")),
            (_("Variances explained"), (explained, "")),
        ]
        return [(label, *texts) for label, texts in found]

    def _fact(self, row):
        if not row:
            return "", ""
        before = row.get("month_before")
        return (
            self._money(row["month"] or 0.0),
            self.env._("year before %s", self._money(before)) if before else "",
        )


class FinancePackXlsx(models.AbstractModel):
    _name = "report.medical_office.finance_pack_report_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Monthly Pack as a Spreadsheet"

    _source = "report.medical_office.finance_pack_report"
