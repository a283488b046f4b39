"""The strict reader of imported tables: a dry run that names every bad cell."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from .csvcells import CellError, Parser, text
from .csvproblems import Problem

MAX_BYTES = 5_000_000
MAX_ROWS = 50_000
DELIMITERS = (",", ";", "\t", "|")
_MAGIC = {b"PK\x03\x04": "xlsx", b"\xd0\xcf\x11\xe0": "xls", b"%PDF": "pdf"}
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Column:
    """One column an importer understands.

    ``title`` is the heading of our template, ``aliases`` other headings seen in the
    wild (case, punctuation and spacing do not matter). A required column must be in
    the header and filled in every row; an empty optional cell gives ``default``.
    """

    key: str
    title: str
    parse: Parser = field(default_factory=text)
    required: bool = True
    aliases: tuple[str, ...] = ()
    default: object = None


@dataclass(frozen=True, slots=True)
class Row:
    """A good row: its number in the file and its values by column key."""

    number: int
    values: Mapping[str, object]

    def take(self, key: str, kind: type[_T]) -> _T:
        """The value of ``key``, which the column's parser made a ``kind``.

        :raises TypeError: it is something else (also None): the importer's mistake
        """
        value = self.values[key]
        if not isinstance(value, kind):
            raise TypeError(f"{key} is {type(value).__name__}, not {kind.__name__}")
        return value

    def maybe(self, key: str, kind: type[_T]) -> _T | None:
        """As ``take``, but an empty cell without default is None."""
        return None if self.values[key] is None else self.take(key, kind)


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds: good rows, problems, and how it was read."""

    rows: tuple[Row, ...] = ()
    errors: tuple[Problem, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    ignored: tuple[str, ...] = ()  # headings nobody asked for
    given: frozenset[str] = frozenset()  # keys of the columns that the file has


def decode(data: bytes) -> tuple[str, str]:
    """Text and name of the encoding: UTF-8 (with or without mark), UTF-16 with mark,
    else Windows-1252, else Latin-1, which reads every byte.

    :raises CellError: the file is no text (a spreadsheet, a PDF, binary zeros)
    """
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise CellError("not_text", kind=kind)
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\x00" in data and not wide:
        raise CellError("not_text", kind="binary")
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252", "latin-1"):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise CellError("not_text", kind="binary")


def read_table(
    data: bytes,
    columns: Sequence[Column],
    max_bytes: int = MAX_BYTES,
    max_rows: int = MAX_ROWS,
) -> Table:
    """Read a CSV file strictly, without writing anything anywhere.

    :param data: the file; its encoding and delimiter (comma, semicolon, tab, bar) are
        found out
    :param columns: what the importer understands; other columns go to ``ignored``
    :return: the good rows, and a ``Problem`` for every bad cell, row or file. A row
        with any problem is not among the rows. Never raises for bad input.
    """
    if len(data) > max_bytes:
        return _refused("too_many_bytes", size=len(data), limit=max_bytes)
    if not data.strip():
        return _refused("empty_file")
    try:
        content, encoding = decode(data)
    except CellError as error:
        return _refused(error.code, **error.values)
    delimiter = sniff_delimiter(content, columns)
    lines = numbered(content, delimiter)
    header = next((c for _n, c in lines if isinstance(c, CellError) or any(c)), [])
    if isinstance(header, CellError):
        return _refused(header.code)
    if not any(_plain(cell) in _by_title(columns) for cell in header):
        titles = ", ".join(column.title for column in columns)
        return _refused("no_header", titles=titles)
    places, problems, ignored = _map_header(header, columns)
    rows: list[Row] = []
    if not problems:
        rows, problems = _read_rows(lines, places, len(header), max_rows)
    given = frozenset(column.key for column, place in places if place is not None)
    return Table(tuple(rows), tuple(problems), encoding, delimiter, ignored, given)


def sniff_delimiter(content: str, columns: Sequence[Column]) -> str:
    """The delimiter under which the first line with text names most known columns."""
    first = next((line for line in content.splitlines() if line.strip()), "")
    known = _by_title(columns)

    def score(delimiter: str) -> int:
        cells = next(csv.reader([first], delimiter=delimiter), [])
        return sum(_plain(cell) in known for cell in cells)

    return max(DELIMITERS, key=score)


def numbered(
    content: str, delimiter: str
) -> Iterator[tuple[int, list[str] | CellError]]:
    """Rows with their number as a spreadsheet counts them, cells without outer blanks.

    A row that cannot be told apart (an open quotation mark) comes as the error, last.
    """
    reader = csv.reader(
        io.StringIO(content, newline=""), delimiter=delimiter, strict=True
    )
    number = 0
    while True:
        number += 1
        try:
            yield number, [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            yield number, CellError("broken_quotes")
            return


def _plain(title: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", title.casefold()))


def _by_title(columns: Sequence[Column]) -> dict[str, Column]:
    return {
        _plain(title): column
        for column in columns
        for title in (column.title, column.key, *column.aliases)
    }


def _refused(code: str, **values: object) -> Table:
    said = {key: str(value) for key, value in values.items()}
    return Table(errors=(Problem(0, "", code, said),))


_Places = list[tuple[Column, int | None]]


def _map_header(
    header: Sequence[str], columns: Sequence[Column]
) -> tuple[_Places, list[Problem], tuple[str, ...]]:
    """Where each column stands, what is wrong with the header, which titles are new."""
    known = _by_title(columns)
    found: dict[str, int] = {}
    problems, ignored = [], []
    for place, title in enumerate(header):
        column = known.get(_plain(title))
        if column is None:
            ignored += [title] if title else []
        elif column.key in found:
            problems.append(Problem(0, column.title, "double_column", {"title": title}))
        else:
            found[column.key] = place
    problems += [
        Problem(0, column.title, "missing_column", {"title": column.title})
        for column in columns
        if column.required and column.key not in found
    ]
    places = [(column, found.get(column.key)) for column in columns]
    return places, problems, tuple(ignored)


def _read_row(
    number: int, cells: Sequence[str], places: _Places, width: int
) -> Row | list[Problem]:
    if any(cells[width:]):
        counts = {"cells": str(len(cells)), "expected": str(width)}
        return [Problem(number, "", "extra_cells", counts)]
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for column, place in places:
        cell = cells[place] if place is not None and place < len(cells) else ""
        if cell:
            try:
                values[column.key] = column.parse(cell)
            except CellError as error:
                said = (number, column.title, error.code, error.values)
                problems.append(Problem(*said))
        elif column.required:
            problems.append(Problem(number, column.title, "required"))
        else:
            values[column.key] = column.default
    return problems or Row(number, values)


def _read_rows(
    lines: Iterator[tuple[int, list[str] | CellError]],
    places: _Places,
    width: int,
    max_rows: int,
) -> tuple[list[Row], list[Problem]]:
    rows: list[Row] = []
    problems: list[Problem] = []
    count = 0
    for number, cells in lines:
        if isinstance(cells, CellError):
            problems.append(Problem(number, "", cells.code, cells.values))
            break
        if not any(cells):
            continue
        count += 1
        if count > max_rows:
            limit = {"limit": str(max_rows)}
            problems.append(Problem(number, "", "too_many_rows", limit))
            break
        found = _read_row(number, cells, places, width)
        if isinstance(found, Row):
            rows.append(found)
        else:
            problems.extend(found)
    return rows, problems
