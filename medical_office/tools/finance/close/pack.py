"""The monthly pack as plain data: sections of rows, and what differs between versions."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

Row = Mapping[str, Any]
Section = dict[str, Any]
MOST_ROWS = 100
NAME = "name"  # the column by which a reader knows a row


def column(key: str, title: str, kind: str = "text") -> dict[str, str]:
    """A column: key of its values, title, kind as in ``tools.core.sheet``."""
    return {"key": key, "title": title, "kind": kind}


def section(
    key: str,
    name: str,
    columns: Sequence[Mapping[str, str]],
    rows: Iterable[Row],
    note: str = "",
) -> Section:
    """A table of the pack. Each row has an ``id`` of its own within the section, by which
    the next version finds it again; ``style`` may be head, total or percent."""
    return {
        "key": key,
        "name": name,
        "note": note,
        "columns": list(columns),
        "rows": [dict(row) for row in rows],
    }


def number(value: object, digits: int = 2) -> float | None:
    """A figure as JSON keeps it: rounded, None where there is none, never minus zero."""
    if (
        value is None
        or isinstance(value, bool)
        or not isinstance(value, int | float | Decimal)
    ):
        return None
    return round(float(value), digits) + 0.0


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Row]:
    """What a restatement changes: figures that differ, rows that came or went.

    :param before, after: contents of two versions of one month
    :return: rows with section, row, column, before, after, in the order of the sections
    """
    old = {part["key"]: part for part in before.get("sections", ())}
    found: list[Row] = []
    for part in after.get("sections", ()):
        earlier = old.pop(part["key"], None)
        found += _of_section(earlier or {**part, "rows": []}, part)
    for part in old.values():
        found += _of_section(part, {**part, "rows": []})
    return found


def _of_section(before: Section, after: Section) -> list[Row]:
    found: list[Row] = []
    old = {row["id"]: row for row in before["rows"]}
    columns = after["columns"]
    # a decision begins with its day, and is known by its name
    label = next((NAME for each in columns if each["key"] == NAME), columns[0]["key"])
    rows = [
        *((old.pop(row["id"], {}), row) for row in after["rows"]),
    ]
    rows += [(row, {}) for row in old.values()]
    for earlier, later in rows:
        for each in columns:
            was, now = earlier.get(each["key"]), later.get(each["key"])
            if was != now and (each["key"] != label or not (earlier and later)):
                if each["key"] == label and len(columns) > 1:
                    continue  # the other columns of a row that came or went say it
                found.append(
                    {
                        "section": after["name"],
                        "row": (later or earlier).get(label),
                        "column": each["title"],
                        "kind": _kind(later or earlier, each),
                        "before": was,
                        "after": now,
                    }
                )
    return found


def _kind(row: Row, each: Mapping[str, str]) -> str:
    return "percent" if row.get("style") == "percent" else each["kind"]
