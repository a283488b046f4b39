"""The rows that ``bin/read-barcode`` prints."""

from collections.abc import Iterable
from datetime import date

from .carton import Carton
from .reader import read

COLUMNS = ("standard", "item", "lot", "expiry", "serial", "quantity", "problem")
MORE = ("ndc", "level", "contained", "made", "best_before", "expiry_time", "sscc",
        "link", "further")  # fmt: skip


def row_of(carton: Carton, more: bool = False) -> list[str]:
    """One row of texts: dates YYYY-MM-DD, problems as sentences, nothing where nothing is.

    :param more: the columns of ``MORE`` too
    """
    problem = " ".join(one.english() for one in carton.problems)
    cells = [problem if name == "problem" else _cell(carton, name) for name in COLUMNS]
    return cells + [_cell(carton, name) for name in MORE if more]


def rows(texts: Iterable[str], today: date, more: bool = False) -> list[list[str]]:
    """The heading and one row for each text."""
    head = [*COLUMNS, *(MORE if more else ())]
    return [head, *(row_of(read(text, today), more) for text in texts)]


def _cell(carton: Carton, name: str) -> str:
    value = getattr(carton, name)
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if name == "further":
        return " ".join(f"({ai}){text}" for ai, text in value)
    return value.strftime("%H:%M") if name == "expiry_time" else str(value)
