"""Runs a file of vectors against our figures and says what differs."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count

from devtools.vectors.federalvectors import FederalVectors
from devtools.vectors.ficavectors import FicaVectors
from devtools.vectors.statevectors import StateVectors
from devtools.vectors.vectorfile import Checker, Mismatch

DELIMITERS = ",;\t|"
# The column that only this kind of file has, and who checks such a file.
KINDS: dict[str, Callable[[Sequence[str]], Checker]] = {
    "expected_fit": FederalVectors,
    "expected_withholding": StateVectors,
    "expected": FicaVectors,
}


class UnknownFile(ValueError):
    """The header is that of no vector file we know."""


@dataclass(slots=True)
class Tally:
    """How many rows were as expected and how many not (or could not be used)."""

    passed: int = 0
    failed: int = 0

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed"


def check_lines(lines: Iterable[str], report: Callable[[str], None]) -> Tally:
    """Check all rows of a vector file.

    A row that cannot be used is reported with its number (the header is row 1), the
    field and the remedy, counts as failed, and does not stop the others.

    :param lines: the file's lines, header first
    :param report: takes a text for each row that is not as expected
    :raises UnknownFile: the header names no kind of file we know, or lacks columns
    """
    rows = _rows(lines)
    header = next((cells for _number, cells in rows if cells), None)
    if not header:
        raise UnknownFile("The file is empty")
    checker = _checker(header)
    tally = Tally()
    for number, cells in rows:
        finding = _finding(checker, header, cells)
        if finding is None:
            tally.passed += 1
        else:
            tally.failed += 1
            report(f"row {number}{finding}")
    return tally


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not blank, numbered as a spreadsheet does.

    A row whose quotation marks cannot be told apart comes without cells.
    """
    source = iter(lines)
    first = next(source, "").removeprefix("\ufeff")
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(chain([first], source), delimiter=delimiter, strict=True)
    for number in count(1):
        try:
            cells = next(reader)
        except csv.Error:
            yield number, []
        except StopIteration:
            return
        else:
            if any(cells):
                yield number, cells


def _checker(header: Sequence[str]) -> Checker:
    names = {name.strip() for name in header}
    for column, kind in KINDS.items():
        if column in names:
            try:
                return kind(header)
            except ValueError as error:
                raise UnknownFile(str(error)) from None
    raise UnknownFile(
        "The header has none of the columns that tell what to check: "
        + ", ".join(KINDS)
    )


def _finding(
    checker: Checker, header: Sequence[str], cells: Sequence[str]
) -> str | None:
    """Return None for a row as expected, else the text for it after "row N"."""
    if not cells:
        return ": a quotation mark is not closed or stands in the wrong place"
    if len(cells) != len(header):
        return (
            f": {len(cells)} cells, but the header has {len(header)}; "
            "put a text with a comma between quotation marks and close them"
        )
    try:
        mismatch = checker.check(cells)
    except (ValueError, LookupError) as error:
        return f" ({checker.ident(cells)}): {error}"
    return None if mismatch is None else _explained(mismatch)


def _explained(mismatch: Mismatch) -> str:
    lines = [
        f" ({mismatch.ident}): {mismatch.what} {mismatch.ours}, "
        f"expected {mismatch.expected} (tolerance {mismatch.tolerance})"
    ]
    for step in mismatch.steps:
        amount = f"{step.amount:,.4f}".rstrip("0").rstrip(".")
        lines.append(f"    {step.label:<46}{amount:>16}  {step.source}".rstrip())
    return "\n".join(lines)
