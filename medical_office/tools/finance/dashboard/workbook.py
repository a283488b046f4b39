"""The parts of an Odoo spreadsheet, as its dashboards read them (version 18.5).

Pixels are those of the screen; a sheet of about 1,000 of them fits a dashboard. On a phone
the host shows the figures alone, one under the other and scorecards in pairs, without any
cell: whatever has to be read there is a figure.
"""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

VERSION = "18.5.10"
# rows under the last cell: a table that a formula fills needs room, else it is an error
SPILL = 150
GOOD, BAD, INK, GREEN = "#00A04A", "#C13A36", "#434343", "#01666B"
STYLES: Json = {
    "1": {"textColor": GREEN, "bold": True, "fontSize": 16},
    "2": {"textColor": INK, "bold": True, "fontSize": 11},
    "3": {"textColor": INK, "verticalAlign": "middle", "wrapping": "wrap"},
    "4": {"textColor": INK, "verticalAlign": "middle", "align": "right"},
}
TITLE, HEADING, TEXT, NUMBER = 1, 2, 3, 4
FORMATS: Json = {
    "1": '0.0"%"',
    "2": '"$"#,##0.00',
    "3": '0.0" days"',
    "4": "0.0",
    "5": '"$"#,##0',
    "6": "mmm yy",
}
FORMAT_OF = {"percent": 1, "dollars": 2, "days": 3, "ratio": 4, "money": 5, "month": 6}


def text(words: str) -> str:
    """A text as a cell holds it: a quote within it does not end it."""
    return '="' + words.replace('"', '""') + '"'


@dataclass
class Sheet:
    """One sheet: cells by their place ("A1"), figures, formats and styles by range."""

    name: str
    columns: list[int] = field(default_factory=list)
    rows: dict[int, int] = field(default_factory=dict)  # height by row, from 1
    cells: dict[str, str] = field(default_factory=dict)
    figures: list[Json] = field(default_factory=list)
    formats: dict[str, int] = field(default_factory=dict)
    styles: dict[str, int] = field(default_factory=dict)
    visible: bool = True

    def put(self, place: str, content: str, style: int = 0, kind: str = "") -> None:
        """Write a cell; ``kind`` is how its number is shown (``FORMAT_OF``)."""
        self.cells[place] = content
        if style:
            self.styles[place] = style
        if kind:
            self.formats[place] = FORMAT_OF[kind]

    def figure(self, key: str, box: tuple[int, int, int, int], data: Json) -> None:
        """Lay a chart or scorecard down; ``box``: left, top, width, height.

        A chart without ``chartId`` stops the whole page, since the host looks its menu
        up by it.
        """
        left, top, width, height = box
        self.figures.append(
            {
                "id": key,
                "tag": "chart",
                "width": width,
                "height": height,
                "offset": {"x": left, "y": top},
                "col": 0,
                "row": 0,
                "data": {**data, "chartId": key},
            }
        )

    def as_json(self, key: str) -> Json:
        lines = [int("".join(filter(str.isdigit, place))) for place in self.cells]
        return {
            "id": key,
            "name": self.name,
            "colNumber": max(len(self.columns), 26),
            "rowNumber": max(lines, default=0) + SPILL,
            "cols": {str(at): {"size": size} for at, size in enumerate(self.columns)},
            "rows": {str(at - 1): {"size": size} for at, size in self.rows.items()},
            "merges": [],
            "cells": self.cells,
            "styles": self.styles,
            "formats": self.formats,
            "borders": {},
            "conditionalFormats": [],
            "dataValidationRules": [],
            "tables": [],
            "figures": self.figures,
            "areGridLinesVisible": False,
            "isVisible": self.visible,
            "headerGroups": {"ROW": [], "COL": []},
            "comments": {},
        }


def sheets(
    name: str, title: str, columns: list[int], label: int
) -> tuple[Sheet, Sheet]:
    """The sheet that is seen, with its title, and the hidden one of its figures.

    :param columns: widths of the seen one, in pixels
    :param label: width of the hidden one's first column
    """
    page, data = Sheet(name, columns), Sheet("Data", [label], visible=False)
    page.put("A1", text(title), TITLE)
    return page, data


def workbook(
    sheets: list[Sheet],
    pivots: dict[str, Json] | None = None,
    menus: dict[str, str] | None = None,
) -> Json:
    """The whole spreadsheet.

    :param menus: which menu (XML id) a figure leads to
    """
    pivots = pivots or {}
    return {
        "version": VERSION,
        "sheets": [sheet.as_json(f"sheet{at}") for at, sheet in enumerate(sheets)],
        "styles": STYLES,
        "formats": FORMATS,
        "borders": {},
        "revisionId": "START_REVISION",
        "uniqueFigureIds": True,
        "settings": {},
        "pivots": pivots,
        "pivotNextId": len(pivots) + 1,
        "customTableStyles": {},
        "globalFilters": [],
        "lists": {},
        "listNextId": 1,
        "chartOdooMenusReferences": menus or {},
    }


def pivot(
    key: str,
    name: str,
    model: str,
    domain: list[Any],
    measures: list[tuple[str, str, str]],
    rows: list[Json] | None = None,
    columns: list[Json] | None = None,
) -> Json:
    """A pivot over a model; the host asks it as the user who reads.

    :param measures: (field, how it is added up, its name)
    """
    return {
        "type": "ODOO",
        "id": key,
        "formulaId": key,
        "name": name,
        "model": model,
        "domain": domain,
        "context": {},
        "measures": [
            {
                "id": f"{item}:{way}",
                "fieldName": item,
                "aggregator": way,
                "userDefinedName": label,
            }
            for item, way, label in measures
        ],
        "rows": rows or [],
        "columns": columns or [],
        "fieldMatching": {},
    }


def scorecard(
    title: str,
    key_value: str,
    baseline: str = "",
    below: str = "",
    up_is_good: bool = True,
) -> Json:
    """One number; with ``baseline`` (a cell) the change against it in percent."""
    card: Json = {
        "type": "scorecard",
        "title": {"text": title, "color": INK, "bold": True},
        "background": "#EFF6FF",
        "keyValue": key_value,
        "baselineMode": "percentage" if baseline else "text",
        "baselineDescr": {"text": below},
        "baselineColorUp": GOOD if up_is_good else BAD,
        "baselineColorDown": BAD if up_is_good else GOOD,
        "humanize": False,
    }
    if baseline:
        card["baseline"] = baseline
    return card


def model_chart(
    kind: str,
    title: str,
    model: str,
    domain: list[Any],
    measure: str,
    group_by: list[str],
) -> Json:
    """A chart over a model, read by the host as the user who looks (line or bar)."""
    return {
        "type": f"odoo_{kind}",
        "title": {"text": title},
        "background": "#FFFFFF",
        "legendPosition": "none",
        "verticalAxisPosition": "left",
        "stacked": False,
        "cumulative": False,
        "humanize": True,
        "dataSets": [],
        "metaData": {
            "groupBy": group_by,
            "measure": measure,
            "order": None,
            "resModel": model,
            "mode": kind,
        },
        "searchParams": {
            "domain": domain,
            "context": {},
            "groupBy": [],
            "orderBy": [],
            "comparison": None,
        },
        "fieldMatching": {},
    }


def cell_chart(
    kind: str, title: str, data: list[str], labels: str, legend: bool
) -> Json:
    """A chart over cells (line or bar).

    :param data: ranges; with a legend, each begins with its name
    """
    return {
        "type": kind,
        "title": {"text": title},
        "background": "#FFFFFF",
        "legendPosition": "top" if legend else "none",
        "dataSetsHaveTitle": legend,
        "dataSets": [{"dataRange": each, "yAxisId": "y"} for each in data],
        "labelRange": labels,
        "labelsAsText": True,
        "stacked": False,
        "aggregated": False,
        "cumulative": False,
        "humanize": True,
    }
