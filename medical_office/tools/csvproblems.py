"""What can be wrong in an imported table, where, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made_by

# code -> (what is wrong, what to do); the addon translates by code.
TEXTS: dict[str, tuple[str, str]] = {
    "empty_file": ("The file is empty.", "Choose a file with a header line and rows."),
    "too_many_bytes": (
        "The file has %(size)s bytes; at most %(limit)s are read.",
        "Split it into smaller files.",
    ),
    "too_many_rows": (
        "The file has more than %(limit)s rows.",
        "Split it into smaller files.",
    ),
    "not_text": (
        "This is not a text file (it looks like %(kind)s).",
        "Save it as CSV UTF-8 in the spreadsheet program and try again.",
    ),
    "no_header": (
        "No header line was found.",
        "The first line must name the columns: %(titles)s.",
    ),
    "missing_column": (
        "The column is missing.",
        'Add a column with the title "%(title)s".',
    ),
    "double_column": (
        'Two columns mean the same ("%(title)s").',
        "Remove or rename one of them.",
    ),
    "broken_quotes": (
        "A quotation mark is not closed or stands in the wrong place.",
        "Put the cell in quotation marks and double the marks inside it. "
        "Rows after this one were not read.",
    ),
    "extra_cells": (
        "The row has %(cells)s cells, the header %(expected)s.",
        "Put cells that contain the delimiter in quotation marks.",
    ),
    "required": ("The cell is empty.", "Fill it in; it is required."),
    "too_long": (
        "The text has %(length)s characters.",
        "Shorten it to %(limit)s.",
    ),
    "formula": (
        'The text "%(cell)s" starts like a spreadsheet formula.',
        "Enter plain text; if it really starts that way, put an apostrophe before it.",
    ),
    "scientific": (
        '"%(cell)s" was shortened by a spreadsheet.',
        "Format the column as text and enter the full code again.",
    ),
    "blank_inside": ('"%(cell)s" contains a space.', "Enter the code without spaces."),
    "not_a_number": ('"%(cell)s" is not a number.', "Enter it like 1234.50."),
    "not_whole": ('"%(cell)s" is not a whole number.', "Write it without decimals."),
    "too_small": ("%(cell)s is below %(limit)s.", "Enter %(limit)s or more."),
    "too_big": ("%(cell)s is above %(limit)s.", "Enter %(limit)s or less."),
    "too_precise": (
        "%(cell)s has more than %(places)s decimals.",
        "Round it yourself, so that no value changes unseen.",
    ),
    "not_a_date": (
        '"%(cell)s" is not a date.',
        "Write it like 2026-11-24 or 11/24/2026.",
    ),
    "not_a_month": ('"%(cell)s" is not a month.', "Write it like 2026-11 or 11/2026."),
    "not_a_choice": ('"%(cell)s" is not allowed here.', "Use one of: %(allowed)s."),
    "not_yes_no": ('"%(cell)s" is neither yes nor no.', "Write yes or no."),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one place: ``row`` as a spreadsheet counts it (0: the file)."""

    row: int
    field: str
    code: str
    values: Mapping[str, str] = made_by(default_factory=dict)

    def english(self, texts: Mapping[str, tuple[str, str]] = TEXTS) -> str:
        """What people read: the place, what is wrong, the remedy."""
        what, remedy = texts[self.code]
        parts = [f"Row {self.row}"] if self.row else []
        parts += [self.field] if self.field else []
        place = ", ".join(parts)
        said = f"{what % self.values} {remedy % self.values}"
        return f"{place}: {said}" if place else said
