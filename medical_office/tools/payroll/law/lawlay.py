"""Lays tables over a book: every row is read against its spec before any is used."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from .lawspec import SPECS, Dated, Spec
from .lawtable import LawBook, Rows
from .statenames import NAMES

DAY = timedelta(days=1)
MOST = 50  # problems that are named; more do not help anybody
FIRST_YEAR, LAST_YEAR = 2000, 2100
FIRST_DAY = 1776  # no rule of the United States is older
HUNDRED = Decimal(100)
# what Python takes for a number or a date is more than one writes in a table
PLAIN_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")
PLAIN_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a package is refused: the file, its row (the header is 1), what to do."""

    file: str
    row: int | None
    text: str

    def __str__(self) -> str:
        place = self.file if self.row is None else f"{self.file} row {self.row}"
        return f"{place}: {self.text}"


class BadPackage(ValueError):
    """A law package, or a table in it, that cannot be used; nothing was changed."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        shown = [str(problem) for problem in self.problems[:MOST]]
        if len(self.problems) > MOST:
            shown.append(f"... and {len(self.problems) - MOST} more.")
        super().__init__("\n".join(shown))


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a package with its place in the file."""

    number: int
    cells: dict[str, str]


Tables = Mapping[str, Sequence[Line]]


def of(cells: Mapping[str, str], names: Iterable[str]) -> Key:
    """The cells of some columns."""
    return tuple(cells[name] for name in names)


def file_of(table: str) -> str:
    """Where a package keeps a table."""
    return f"tables/{table}.csv"


def lay(base: LawBook, tables: Tables, edition: str) -> LawBook:
    """The book with ``tables`` laid over ``base``: groups are replaced as a whole.

    :raises BadPackage: a cell, a key given twice, days or brackets with a gap or an
        overlap; every problem is named
    """
    problems = [p for name in tables for p in _cells(name, tables[name])]
    if problems:
        raise BadPackage(problems)
    laid = {name: merged(base.rows(name), name, tables[name]) for name in tables}
    book = base.over(laid, edition)
    problems = [p for name in tables for p in _order(name, tables[name], book)]
    if problems:
        raise BadPackage(problems)
    return book


def merged(rows: Rows, name: str, lines: Sequence[Line]) -> Rows:
    """Rows of a table with those of a package in the place of theirs, or behind."""
    group = SPECS[name].group
    fresh: dict[Key, list[dict[str, str]]] = {}
    for line in lines:
        fresh.setdefault(of(line.cells, group), []).append(line.cells)
    found: list[dict[str, str]] = []
    for row in rows:
        key = of(row, group)
        if key not in fresh:
            found.append(row)
        elif fresh[key]:
            found += fresh[key]
            fresh[key] = []
    for left in fresh.values():
        found += left
    return tuple(found)


def _cells(name: str, lines: Sequence[Line]) -> Iterator[Problem]:
    """What is wrong with single cells, and keys given twice."""
    spec, seen = SPECS[name], dict[Key, int]()

    def problem(text: str) -> Problem:
        return Problem(file_of(name), line.number, text)

    for line in lines:
        bad = [problem(text) for text in _row(spec, line.cells)]
        yield from bad
        if bad:
            continue
        key = of(line.cells, spec.key)
        if key in seen:
            yield problem(
                f"{' '.join(key)} stands in row {seen[key]} already: keep one."
            )
        seen[key] = line.number


def _row(spec: Spec, cells: Mapping[str, str]) -> Iterator[str]:
    for name, value in cells.items():
        if value != value.strip():
            yield f"{name} {value!r} has blanks around it: take them out."
    yield from _values(spec, cells)
    if spec.sourced and not cells[spec.sourced]:
        yield f"{spec.sourced} is empty: say where the figure is published."
    if spec.dated is Dated.YEAR:
        yield from _year(cells["year"])
    elif spec.dated is not Dated.NONE:
        yield from _days(cells)


def _values(spec: Spec, cells: Mapping[str, str]) -> Iterator[str]:
    for name in spec.numbers:
        if cells[name] or name not in spec.optional:
            yield from _number(name, cells[name], signed=name in spec.signed)
    for name, known in spec.choices.items():
        if cells[name] not in known:
            yield f"{name} {cells[name]!r} is not one of {', '.join(known)}."
    # the table of kinds has a column called state which is a yes or no
    named = "state" in spec.columns and "state" not in spec.choices
    known_state = cells.get("state") in NAMES or (
        spec.nationwide and cells["state"] == "US"
    )
    if named and not known_state:
        yield f"state {cells['state']!r} is no state: write two letters."


def _number(name: str, value: str, *, signed: bool) -> Iterator[str]:
    if not PLAIN_NUMBER.fullmatch(value) or (value.startswith("-") and not signed):
        yield f"{name} {value!r} is not an amount: write a plain number such as 7000."
    elif name.endswith("percent") and Decimal(value) > HUNDRED:
        yield f"{name} {value} is more than 100: write 6.2 for 6.2 %."


def _year(value: str) -> Iterator[str]:
    if not (value.isascii() and value.isdigit()) or not (
        FIRST_YEAR <= int(value) <= LAST_YEAR
    ):
        yield f"year {value!r} is not a year: write four digits."


def _days(cells: Mapping[str, str]) -> Iterator[str]:
    found = []
    for name in ("valid_from", "valid_to"):
        value = cells.get(name, "")
        if not value:
            continue
        day = _day(value)
        if day is None:
            yield f"{name} {value!r} is not a date: write it as 2027-01-01."
            return
        found.append(day)
    if len(found) > 1 and found[1] < found[0]:
        yield f"valid_to {found[1]} is before valid_from {found[0]}."


def _day(value: str) -> date | None:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    plain = PLAIN_DATE.fullmatch(value) and FIRST_DAY <= day.year <= LAST_YEAR
    return day if plain else None


def _order(name: str, lines: Sequence[Line], book: LawBook) -> Iterator[Problem]:
    """What is wrong between the rows: steps, days, rows without their guide."""
    spec = SPECS[name]
    numbers = {id(line.cells): line.number for line in lines}
    if spec.rises:
        yield from _rising(name, lines)
    if spec.ladder:
        yield from _ladder(name, book.rows(name), numbers)
    if spec.dated is Dated.SPAN:
        yield from _spans(name, book.rows(name), numbers)
    if spec.parent:
        guides = {of(row, ("state", "valid_from")) for row in book.rows(spec.parent)}
        for line in lines:
            if of(line.cells, ("state", "valid_from")) not in guides:
                yield Problem(
                    file_of(name),
                    line.number,
                    f"{line.cells['state']} has no row in {spec.parent}.csv that begins "
                    f"on {line.cells['valid_from']}: add it, or correct the day.",
                )


def _rising(name: str, lines: Sequence[Line]) -> Iterator[Problem]:
    spec = SPECS[name]
    last: dict[Key, Decimal] = {}
    for line in lines:
        key, value = of(line.cells, spec.group), Decimal(line.cells[spec.rises])
        if key not in last:
            whole = not any(part.startswith("from_") for part in key)
            if spec.starts and whole and value != Decimal(spec.starts):
                yield Problem(
                    file_of(name),
                    line.number,
                    f"{spec.rises} {value}: the first step of {' '.join(key)} begins at "
                    f"{spec.starts}; a gap below it is no table.",
                )
        elif value <= last[key]:
            yield Problem(
                file_of(name),
                line.number,
                f"{spec.rises} {value} does not rise above {last[key]}: the steps of "
                f"{' '.join(key)} overlap; put them in rising order.",
            )
        last[key] = value


def _ladder(name: str, rows: Rows, numbers: Mapping[int, int]) -> Iterator[Problem]:
    spec = SPECS[name]
    if spec.ladder is None:
        return
    low, high, step = spec.ladder
    sets: dict[Key, list[dict[str, str]]] = {}
    for row in rows:
        sets.setdefault(of(row, spec.ladder_of), []).append(row)
    for key, own in sets.items():
        if not any(id(row) in numbers for row in own):
            continue
        own.sort(key=lambda row: Decimal(row[low]))
        for below, above in pairwise(own):
            ends = below[high]
            if ends and Decimal(ends) + step == Decimal(above[low]):
                continue
            row = above if id(above) in numbers else below
            gap = bool(ends) and Decimal(ends) + step < Decimal(above[low])
            what = "a gap" if gap else "an overlap"
            yield Problem(
                file_of(name),
                numbers.get(id(row)),
                f"{what} in {' '.join(key)}: one step has {low} {below[low]} and {high} "
                f"{ends or 'open'}, the next begins at {above[low]}. Make them meet.",
            )
        if own[-1][high] and name != "efw2_layout":
            yield Problem(
                file_of(name),
                numbers.get(id(own[-1])),
                f"the highest step of {' '.join(key)} ends at {own[-1][high]}: leave "
                f"{high} empty.",
            )


def _spans(name: str, rows: Rows, numbers: Mapping[int, int]) -> Iterator[Problem]:
    """Days of one series that overlap, or that nothing covers in between."""
    spec = SPECS[name]
    series: dict[Key, list[dict[str, str]]] = {}
    for row in rows:
        series.setdefault(of(row, spec.series), []).append(row)
    for key, own in series.items():
        if not any(id(row) in numbers for row in own):
            continue
        own.sort(key=lambda row: row["valid_from"])
        for before, after in pairwise(own):
            row = after if id(after) in numbers else before
            what = " ".join(key)
            number = numbers.get(id(row))
            ends, starts = before["valid_to"], after["valid_from"]
            if not ends or not starts or ends >= starts:
                day = (
                    f"with valid_to {date.fromisoformat(starts) - DAY}"
                    if starts
                    else "with an end"
                )
                yield Problem(
                    file_of(name),
                    number,
                    f"{what}: two rows are in force on {starts or ends} (one from "
                    f"{before['valid_from'] or 'always'} to {ends or 'open'}). Put the "
                    f"older row into the package too, {day}.",
                )
            elif spec.meets and date.fromisoformat(ends) + DAY < date.fromisoformat(
                starts
            ):
                yield Problem(
                    file_of(name),
                    number,
                    f"{what}: nothing is in force from "
                    f"{date.fromisoformat(ends) + DAY} to "
                    f"{date.fromisoformat(starts) - DAY}. Close the gap.",
                )
