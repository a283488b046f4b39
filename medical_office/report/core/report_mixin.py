"""Reports of ours: the lines are computed once, then printed as PDF or XLSX."""

from decimal import Decimal

from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date, format_datetime, formatLang

from ...tools.core.sheet import GROUP

TOGETHER = 24  # rows: a table so short goes to the next page whole


class CoreReport(models.AbstractModel):
    """A report made of tables. A domain inherits it as ``report.medical_office.<name>``.

    It gives ``_sheets`` and, where they differ from the default, ``_title``, ``_period``
    and ``_currency``. Template, XLSX twin and access check come with it: see
    docs/reports.md.
    """

    _name = "medical.core.report"
    _description = "Report Made of Tables"
    # whether moments are told by the practice's clock, wherever it is printed; else by
    # the reader's
    _on_practice_clock = False
    # whether there is nothing to say of no record; a dialog's report always has one
    _needs_records = False

    # ------------------------------------------------------ what a domain gives

    def _sheets(self, docs, data):
        """The report's lines.

        :param docs: the records to report on, checked for reading
        :param data: options of a wizard, untrusted: it may come from the address line
        :return: list of ``tools.core.sheet.Sheet``
        """
        raise NotImplementedError

    def _title(self, _docs, _data):
        return self._report_action().name

    def _period(self, _docs, _data):
        """What time the report covers, in words, or ""."""
        return ""

    def _currency(self, _docs, _data):
        return self.env.company.currency_id

    # ------------------------------------------------------------------ the PDF

    def _get_report_values(self, docids, data=None):
        data = data or {}
        docs = self._documents(docids)
        currency = self._currency(docs, data)
        return {
            "doc_ids": docs.ids,
            "doc_model": docs._name,
            "docs": docs,
            "o": None,  # one document over all records
            "title": self._title(docs, data),
            "period": self._period(docs, data),
            "sheets": [
                self._printable(page, currency)
                for sheet in self._sheets(docs, data)
                for page in sheet.pages()
            ],
        }

    def _report_action(self):
        name = self._name.removeprefix("report.")
        return self.env["ir.actions.report"]._get_report_from_name(name)

    def _documents(self, docids):
        """The records the report is about, if the user may read all of them."""
        docs = self.env[self._report_action().model].browse(docids or [])
        unknown = (
            len(docs) != 1 if docs._transient else self._needs_records and not docs
        )
        if unknown:
            raise UserError(self.env._("Choose what to print from its menu or list."))
        docs.check_access("read")
        return docs

    def _printable(self, sheet, currency):
        """The sheet as texts, in the form of the template ``report_table``."""
        rows = [self._printable_row(sheet, row, currency) for row in sheet.rows]
        totals = sheet.totals()
        if totals and rows:
            last = {sheet.columns[0].key: self.env._("Total"), **totals}
            rows.append(
                {**self._printable_row(sheet, last, currency), "css": "mo_total"}
            )
        return {
            "name": sheet.name,
            "is_short": len(rows) <= TOGETHER,
            "note": sheet.note,
            "empty": sheet.empty or self.env._("Nothing to show."),
            "columns": [
                {"title": c.title, "css": "mo_number" if c.is_number else ""}
                for c in sheet.columns
            ],
            "rows": rows,
        }

    def _printable_row(self, sheet, row, currency):
        if GROUP in row:
            blank = [{"text": "", "css": ""} for _column in sheet.columns[1:]]
            heading = {"text": row[GROUP], "css": "text-nowrap"}
            return {"css": "mo_group mo_keep_with_next", "cells": [heading, *blank]}
        return {
            "css": "",
            "cells": [
                self._printable_cell(
                    self._as_text(row.get(column.key), column.kind, currency),
                    column.is_number,
                )
                for column in sheet.columns
            ],
        }

    def _printable_cell(self, text, is_number):
        """A text of several lines says so: the printer cuts the words of the others."""
        lines = "mo_lines" if "\n" in text else ""
        return {"text": text, "css": "mo_number" if is_number else lines}

    def _as_text(self, value, kind, currency):
        """One value in the user's language, time zone and way to write numbers."""
        if value is None or (value is False and kind != "flag"):
            return ""
        if isinstance(value, str):
            return value
        if isinstance(value, Decimal):
            value = float(value)  # the host's rounding knows no Decimal
        if kind == "money":
            # a sum does not break between the sign and the figures
            return Markup(formatLang(self.env, value, currency_obj=currency))
        if kind == "percent":
            return f"{formatLang(self.env, float(value) * 100, digits=1)} %"
        if kind in ("whole", "number"):
            return formatLang(self.env, value, digits=0 if kind == "whole" else 2)
        if kind == "day":
            return format_date(self.env, value)
        if kind == "moment":
            return format_datetime(self.env, value, tz=self._zone(), dt_format="short")
        if kind == "flag":
            return self.env._("yes") if value else self.env._("no")
        return str(value)

    def _local(self, moment):
        """A moment on the clock of the report, without zone (for spreadsheets)."""
        zone = self._zone()
        report = self.with_context(tz=zone) if zone else self
        local = fields.Datetime.context_timestamp(report, moment)
        return local.replace(tzinfo=None)

    def _zone(self):
        """Name of the zone that moments are told in; False: the reader's."""
        if not self._on_practice_clock:
            return False
        return str(self.env.company._medical_zone())
