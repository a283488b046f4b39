"""A statement on paper: what the screen shows, as a table of our own layout.

The host's PDF gives each column the same width, so that labels and figures break in the
middle, and repeats no heading on the second page.
"""

from odoo import models
from odoo.tools.misc import format_date

WIDE = 9  # columns of figures: beyond it, letters are smaller


class FinanceStatementReport(models.AbstractModel):
    _name = "report.medical_office.finance_statement"
    _inherit = "medical.core.report"
    _description = "Statement, Printed"
    _needs_records = True

    def _title(self, docs, data):
        return docs[:1].name

    def _period(self, docs, data):
        ends = [column.date_to for column in docs[:1].period_ids if column.date_to]
        until = ends and self.env._("until %s", format_date(self.env, max(ends)))
        return ", ".join(filter(None, [until, *docs[:1].get_filter_descriptions()]))

    def _currency(self, docs, data):
        return docs[:1].currency_id or super()._currency(docs, data)

    def _get_report_values(self, docids, data=None):
        docs = self._documents(docids)[:1]
        matrix = docs._compute_matrix()
        styles = self.env["mis.report.style"]
        rows = [
            {
                "label": row.label,
                "css": styles.to_css_style(row.style_props),
                "figures": [
                    (
                        cell.val_rendered if cell else "",
                        styles.to_css_style(cell.style_props, no_indent=True)
                        if cell
                        else None,
                    )
                    for cell in row.iter_cells()
                ],
            }
            for row in matrix.iter_rows()
            if not row.style_props.hide_always
            and not (row.style_props.hide_empty and row.is_empty())
        ]
        columns = [(column.label, column.description) for column in matrix.iter_cols()]
        # a column in which nothing stands takes room from the others
        filled = [
            number
            for number in range(len(columns))
            if any(row["figures"][number][0] for row in rows)
        ]
        if filled:
            columns = [columns[number] for number in filled]
            for row in rows:
                row["figures"] = [row["figures"][number] for number in filled]
        return {
            "doc_ids": docs.ids,
            "doc_model": docs._name,
            "docs": docs,
            "o": docs,
            "title": self._title(docs, data or {}),
            "period": self._period(docs, data or {}),
            "columns": columns,
            "rows": rows,
            "notes": sorted(
                docs.get_notes_by_cell_id().values(), key=lambda note: note["sequence"]
            ),
            "size": 11 if len(columns) <= WIDE else 9,
        }
