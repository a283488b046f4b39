"""What a package changes, what a year still lacks, and last year's rows in its place."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .lawlay import Key, Line, of
from .lawspec import SPECS, Dated, Spec
from .lawtable import LawBook, Rows, in_use, kept

DAY = timedelta(days=1)
SOURCES = "law_sources"
# said about a row, and no part of what it makes anybody withhold
WORDS = frozenset({"source", "verified_by", "note", "citation", "url", "law", "label"})
Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Change:
    """A group of rows that a package brings: ``old`` is empty where it is new.

    ``old`` and ``new`` are texts to be read side by side; ``span`` is when it counts.
    ``figures``: whether anything but words differs.
    """

    table: str
    what: str
    row: int
    old: str
    new: str
    span: Span
    figures: bool = True

    @property
    def is_new(self) -> bool:
        """Whether nothing of that name was there."""
        return not self.old


@dataclass(frozen=True, slots=True)
class Gap:
    """What a year lacks that the year before had, and where it is published."""

    table: str
    what: str
    key: Key
    publisher: str
    document: str
    url: str
    expected: str  # "October", "November to December"

    def __str__(self) -> str:
        place = f"{self.document} ({self.publisher}, {self.expected}): {self.url}"
        return f"{self.what}: {place}"


def changes(base: LawBook, tables: Mapping[str, Sequence[Line]]) -> list[Change]:
    """What a package's tables change in a book, group by group, in their order."""
    found: list[Change] = []
    for name, lines in tables.items():
        spec = SPECS[name]
        before = _groups(base.rows(name), spec)
        after: dict[Key, list[Line]] = {}
        for line in lines:
            after.setdefault(of(line.cells, spec.group), []).append(line)
        for key, own in after.items():
            old = before.get(key, [])
            fresh = [line.cells for line in own]
            if old == fresh:
                continue
            what = f"{name}: {' '.join(filter(None, key))}"
            shown_old, shown_new = _side_by_side(spec, old, fresh)
            guides = tables.get(spec.parent, ()) if spec.parent else ()
            span = _span(base, spec, own[0].cells, [line.cells for line in guides])
            found.append(
                Change(
                    name,
                    what,
                    own[0].number,
                    shown_old,
                    shown_new,
                    span,
                    _figures(old) != _figures(fresh),
                )
            )
    return found


def _groups(table: Rows, spec: Spec) -> dict[Key, list[dict[str, str]]]:
    found: dict[Key, list[dict[str, str]]] = {}
    for row in table:
        found.setdefault(of(row, spec.group), []).append(row)
    return found


def _figures(lines: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    return [{k: v for k, v in row.items() if k not in WORDS} for row in lines]


def _side_by_side(
    spec: Spec, old: Sequence[Mapping[str, str]], new: Sequence[Mapping[str, str]]
) -> tuple[str, str]:
    """Texts of the rows that differ, without the columns of their group."""

    def text(row: Mapping[str, str]) -> str:
        return ", ".join(
            f"{name} {value}"
            for name, value in row.items()
            if value and name not in spec.group
        )

    return (
        "\n".join(text(row) for row in old if row not in new)
        or ("(the other rows stay)" if old else ""),
        "\n".join(text(row) for row in new if row not in old) or "(rows taken out)",
    )


def _span(
    base: LawBook,
    spec: Spec,
    cells: Mapping[str, str],
    guides: Sequence[Mapping[str, str]],
) -> Span:
    """First and last day on which a row counts."""
    if spec.dated is Dated.YEAR:
        year = int(cells["year"])
        return date(year, 1, 1), date(year, 12, 31)
    if spec.dated is Dated.NONE:
        return date.min, date.max
    starts, ends = cells["valid_from"], cells.get("valid_to", "")
    if spec.dated is Dated.PARENT:
        key = of(cells, ("state", "valid_from"))
        every = (*guides, *base.rows(spec.parent))
        ends = next(
            (g["valid_to"] for g in every if of(g, ("state", "valid_from")) == key), ""
        )
    return (
        date.fromisoformat(starts) if starts else date.min,
        date.fromisoformat(ends) if ends else date.max,
    )


# ------------------------------------------------------------------ what is missing


def missing(book: LawBook, year: int) -> list[Gap]:
    """All that the year before has and ``year`` lacks, whoever may need it.

    A row by the year is missing where there is one of the year before; a row by days
    where one is in force on 31 December before and none of its series on 1 January. A
    figure that is not settled (remembered, potential) is missing.
    """
    return [_gap(table, key, book, year) for table, key in _lacks(book, year)]


def _lacks(book: LawBook, year: int) -> Iterator[tuple[str, Key]]:
    for name, spec in SPECS.items():
        if spec.dated is Dated.YEAR:
            now = _of_year(book.rows(name), spec, year)
            for key in _of_year(book.rows(name), spec, year - 1):
                if key not in now:
                    yield name, key
        elif spec.dated is Dated.SPAN:
            table = book.rows(name)
            now = _of_day(table, spec, date(year, 1, 1))
            for key in _of_day(table, spec, date(year - 1, 12, 31)):
                if key not in now:
                    yield name, key


def _of_year(table: Rows, spec: Spec, year: int) -> dict[Key, None]:
    return {
        of(row, spec.series): None
        for row in table
        if row["year"] == str(year) and row.get("status", "published") == "published"
    }


def _of_day(table: Rows, spec: Spec, day: date) -> dict[Key, None]:
    text = str(day)
    return {
        of(row, spec.series): None
        for row in table
        if (not row["valid_from"] or row["valid_from"] <= text)
        and (not row["valid_to"] or text <= row["valid_to"])
    }


def _gap(table: str, key: Key, book: LawBook, year: int) -> Gap:
    source = where(book, table, key)
    what = source["what"].format(year=year, key=" ".join(filter(None, key)))
    return Gap(
        table,
        what,
        key,
        source["publisher"],
        source["document"].format(year=year, before=year - 1),
        _url(book, table, key) or source["url"],
        source["expected"].format(before=year - 1, year=year),
    )


def where(book: LawBook, table: str, key: Key) -> Mapping[str, str]:
    """The row of ``law_sources.csv`` that says where a figure is published.

    The longest ``item`` that begins the key counts.
    """
    text = " ".join(filter(None, key))
    best: Mapping[str, str] = {}
    for row in book.rows(SOURCES):
        fits = row["table"] == table and text.startswith(row["item"])
        if fits and (not best or len(row["item"]) > len(best["item"])):
            best = row
    return best


def _url(book: LawBook, table: str, key: Key) -> str:
    """The address in the row of the year before, where the table has one."""
    spec = SPECS[table]
    if "url" not in spec.columns:
        return ""
    urls = [r["url"] for r in book.rows(table) if of(r, spec.series) == key]
    return urls[-1] if urls else ""


# ------------------------------------------------------------------ for the time being


def for_the_time_being(book: LawBook, year: int) -> LawBook:
    """The book with last year's rows in the place of what ``year`` lacks.

    Never used unless a practice decided so: see docs/payroll-year.md.
    """
    last = str(date(year, 12, 31))
    tables: dict[str, list[dict[str, str]]] = {}
    for name, key in _lacks(book, year):
        spec = SPECS[name]
        table = tables.setdefault(name, list(book.rows(name)))
        if spec.dated is Dated.YEAR:
            table[:] = [
                row
                for row in table
                if row["year"] != str(year) or of(row, spec.series) != key
            ]
            table += [
                row | {"year": str(year)}
                for row in book.rows(name)
                if row["year"] == str(year - 1)
                and of(row, spec.series) == key
                and row.get("status", "published") == "published"
            ]
        else:
            day = str(date(year - 1, 12, 31))
            later = sorted(
                row["valid_from"]
                for row in table
                if of(row, spec.series) == key and row["valid_from"] > day
            )
            until = str(date.fromisoformat(later[0]) - DAY) if later else last
            table[:] = [
                row | {"valid_to": until}
                if of(row, spec.series) == key and row["valid_to"] == day
                else row
                for row in table
            ]
    laid = {name: tuple(table) for name, table in tables.items()}
    return book.over(laid, f"{book.edition}, {year} provisionally as {year - 1}")


def span_of(found: Iterable[Change]) -> Span | None:
    """From the first to the last day that some changes concern, figures alone."""
    spans = [one.span for one in found if one.figures]
    if not spans:
        return None
    return min(first for first, _ in spans), max(last for _, last in spans)


@kept
def provisional(year: int) -> LawBook:
    """:func:`for_the_time_being` of the book in use, made once."""
    return for_the_time_being(in_use(), year)
