"""The XLSX twin of a report: the same lines, checked, and nothing runs as a formula."""

from datetime import date, datetime

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_datetime

from ...tools.core.sheet import GROUP, tab_name
from ...tools.csvcells import runs_as_formula

HEADING_ROW = 4  # below the title block, counted from 0


class CoreXlsx(models.AbstractModel):
    """Inherit as ``report.medical_office.<name>_xlsx`` and name the report it twins.

    ``report_xlsx`` lets every internal user call every report: here the groups of the
    report action and the reading of its records are checked first.
    """

    _name = "medical.core.xlsx"
    _inherit = "report.report_xlsx.abstract"
    _description = "XLSX Report Made of Tables"

    # the model that computes the lines: "report.medical_office.<name>"
    _source = None

    def _get_objs_for_report(self, docids, data):
        """Refuse who may not print, then find the records and check them, too."""
        reports = self.env["ir.actions.report"]
        name = self._name.removeprefix("report.")
        reports._medical_check_groups(reports._get_report(name))
        if not docids:
            docids = ((data or {}).get("context") or {}).get("active_ids")
        if docids and not all(isinstance(docid, int) for docid in docids):
            raise UserError(
                self.env._(
                    "Choose the records to print from the list, then print again."
                )
            )
        return self.env[self._source]._documents(docids or [])

    @api.private
    def generate_xlsx_report(self, workbook, data, objs):
        """Write every sheet of the report this one twins.

        :param workbook: an open ``xlsxwriter`` workbook
        :param data: options of a wizard, handed on to ``_sheets``
        :param objs: the records, checked
        """
        source = self.env[self._source]
        data = data or {}
        writer = _Writer(workbook, source, source._currency(objs, data))
        title, period = source._title(objs, data), source._period(objs, data)
        workbook.set_properties(
            {
                "title": title,
                "company": self.env.company.name,
                "author": self.env.user.name,
            }
        )
        printed = self.env._(
            "Printed %(moment)s by %(user)s",
            moment=format_datetime(self.env, fields.Datetime.now(), dt_format="short"),
            user=self.env.user.name,
        )
        company = " · ".join(filter(None, [self.env.company.name, period]))
        for sheet in source._sheets(objs, data):
            writer.put(sheet, (title, company, printed))


class _Writer:
    """Writes sheets into one workbook, each with title block, widths and frozen heading."""

    def __init__(self, workbook, source, currency):
        self.book = workbook
        self.source = source
        money = source.env["report.report_xlsx.abstract"]._report_xlsx_currency_format(
            currency
        )
        self.number_formats = {
            "whole": "#,##0",
            "number": "#,##0.00",
            "money": money,
            "percent": "0.0%",
            "day": "yyyy-mm-dd",
            "moment": "yyyy-mm-dd hh:mm",
        }
        self.formats = {}

    def style(self, **properties):
        """One format for each set of properties (Excel allows 64,000 at most)."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format({"valign": "top", **properties})
        return self.formats[key]

    def put(self, sheet, title_block):
        taken = [other.get_name() for other in self.book.worksheets()]
        tab = self.book.add_worksheet(tab_name(sheet.name, taken))
        title, *lines = title_block
        self.text(tab, 0, 0, title, bold=True, font_size=14)
        for row, line in enumerate(lines, start=1):
            self.text(tab, row, 0, line, font_color="#52606D")
        if sheet.note:
            self.text(tab, HEADING_ROW - 1, 0, sheet.note, italic=True)
        for place, column in enumerate(sheet.columns):
            tab.set_column(place, place, column.characters)
            align = "right" if column.is_number else "left"
            self.text(
                tab, HEADING_ROW, place, column.title, bold=True, bottom=2, align=align,
                bg_color="#E4EEF0", text_wrap=True, valign="bottom",
            )  # fmt: skip
        self.rows(tab, sheet)
        tab.freeze_panes(HEADING_ROW + 1, 0)
        tab.set_landscape()
        tab.set_paper(1)  # US Letter
        tab.fit_to_pages(1, 0)
        tab.repeat_rows(HEADING_ROW)
        tab.set_footer("&L&A&RPage &P of &N")

    def rows(self, tab, sheet):
        number = HEADING_ROW
        for number, row in enumerate(sheet.rows, start=HEADING_ROW + 1):
            if GROUP in row:
                self.text(tab, number, 0, row[GROUP], bold=True)
                continue
            for place, column in enumerate(sheet.columns):
                self.cell(tab, number, place, row.get(column.key), column.kind)
        if not sheet.rows:
            empty = sheet.empty or self.source.env._("Nothing to show.")
            self.text(tab, number + 1, 0, empty, italic=True)
            return
        if not any(GROUP in row for row in sheet.rows):
            tab.autofilter(HEADING_ROW, 0, number, len(sheet.columns) - 1)
        totals = sheet.totals()
        if totals:
            style = {"bold": True, "top": 1}
            self.text(tab, number + 1, 0, self.source.env._("Total"), **style)
            for place, column in enumerate(sheet.columns):
                if column.key in totals:
                    value = totals[column.key]
                    self.cell(tab, number + 1, place, value, column.kind, **style)

    def cell(self, tab, row, place, value, kind, **style):
        """Write one value as what it is; a text is always a text."""
        if value is None or (value is False and kind != "flag") or value == "":
            return
        number_format = self.number_formats.get(kind)
        if isinstance(value, bool):
            env = self.source.env
            self.text(tab, row, place, env._("yes") if value else env._("no"), **style)
        elif isinstance(value, date):
            moment = self.source._local(value) if isinstance(value, datetime) else value
            style = {
                "num_format": number_format or "yyyy-mm-dd",
                "align": "left",
            } | style
            tab.write_datetime(row, place, moment, self.style(**style))
        elif number_format and not isinstance(value, str):
            style = {"num_format": number_format} | style
            tab.write_number(row, place, value, self.style(**style))
        else:
            self.text(tab, row, place, str(value), **style)

    def text(self, tab, row, place, text, **style):
        """A text cell. One that starts like a formula is marked as quoted, so that it
        does not become one when somebody edits the cell."""
        if runs_as_formula(text):
            style["quote_prefix"] = True
        tab.write_string(row, place, text, self.style(**style))
