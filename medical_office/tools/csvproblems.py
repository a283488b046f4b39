"""What can be wrong in an imported table, where, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made_by

from .marked import _lt

# code -> (what is wrong, what to do); the addon translates by code.
TEXTS: dict[str, tuple[str, str]] = {
    "empty_file": (
        _lt("The file is empty."),
        _lt("Choose a file with a header line and rows."),
    ),
    "too_many_bytes": (
        _lt("The file has %(size)s bytes; at most %(limit)s are read."),
        _lt("Split it into smaller files."),
    ),
    "too_many_rows": (
        _lt("The file has more than %(limit)s rows."),
        _lt("Split it into smaller files."),
    ),
    "not_text": (
        _lt("This is not a text file (it looks like %(kind)s)."),
        _lt("Save it as CSV UTF-8 in the spreadsheet program and try again."),
    ),
    "no_header": (
        _lt("No header line was found."),
        _lt("The first line must name the columns: %(titles)s."),
    ),
    "missing_column": (
        _lt("The column is missing."),
        _lt('Add a column with the title "%(title)s".'),
    ),
    "double_column": (
        _lt('Two columns mean the same ("%(title)s").'),
        _lt("Remove or rename one of them."),
    ),
    "broken_quotes": (
        _lt("A quotation mark is not closed or stands in the wrong place."),
        _lt(
            "Put the cell in quotation marks and double the marks inside it. "
            "Rows after this one were not read."
        ),
    ),
    "extra_cells": (
        _lt("The row has %(cells)s cells, the header %(expected)s."),
        _lt("Put cells that contain the delimiter in quotation marks."),
    ),
    "required": (_lt("The cell is empty."), _lt("Fill it in; it is required.")),
    "too_long": (
        _lt("The text has %(length)s characters."),
        _lt("Shorten it to %(limit)s."),
    ),
    "formula": (
        _lt('The text "%(cell)s" starts like a spreadsheet formula.'),
        _lt(
            "Enter plain text; if it really starts that way, put an apostrophe before it."
        ),
    ),
    "scientific": (
        _lt('"%(cell)s" was shortened by a spreadsheet.'),
        _lt("Format the column as text and enter the full code again."),
    ),
    "blank_inside": (
        _lt('"%(cell)s" contains a space.'),
        _lt("Enter the code without spaces."),
    ),
    "not_a_number": (_lt('"%(cell)s" is not a number.'), _lt("Enter it like 1234.50.")),
    "not_whole": (
        _lt('"%(cell)s" is not a whole number.'),
        _lt("Write it without decimals."),
    ),
    "too_small": (_lt("%(cell)s is below %(limit)s."), _lt("Enter %(limit)s or more.")),
    "too_big": (_lt("%(cell)s is above %(limit)s."), _lt("Enter %(limit)s or less.")),
    "too_precise": (
        _lt("%(cell)s has more than %(places)s decimals."),
        _lt("Round it yourself, so that no value changes unseen."),
    ),
    "not_a_date": (
        _lt('"%(cell)s" is not a date.'),
        _lt("Write it like 2026-11-24 or 11/24/2026."),
    ),
    "not_a_month": (
        _lt('"%(cell)s" is not a month.'),
        _lt("Write it like 2026-11 or 11/2026."),
    ),
    "not_a_choice": (
        _lt('"%(cell)s" is not allowed here.'),
        _lt("Use one of: %(allowed)s."),
    ),
    "not_yes_no": (_lt('"%(cell)s" is neither yes nor no.'), _lt("Write yes or no.")),
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
