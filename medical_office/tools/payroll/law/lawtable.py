"""The tables of law: the shipped ones, and those of law packages laid over them.

Every reader of a table asks :func:`rows`, which answers from the *book in use*: the
shipped tables, unless a caller opened another one with :func:`use`. What a reader works
out from a table once is kept with the book (:func:`kept`), so that a book costs nothing
for each payslip and two books never mix.
"""

import csv
import hashlib
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, Protocol, TypeVar

TABLES = Path(__file__).parent.parent / "tables"

Rows = tuple[dict[str, str], ...]
P = ParamSpec("P")
T = TypeVar("T", covariant=True)


class LawBook:
    """The rows of all tables, as one edition of the law.

    ``tables`` are those that differ from ``below``; the shipped book has none below and
    reads its files once somebody asks. ``edition`` is what a payslip says it was computed
    with. Callers must not change the dictionaries of the rows.
    """

    def __init__(
        self,
        tables: Mapping[str, Rows] | None = None,
        below: "LawBook | None" = None,
        edition: str = "",
    ) -> None:
        self._tables: dict[str, Rows] = dict(tables or {})
        self._below = below
        self.edition = edition
        self.memory: dict[Callable[..., Any], dict[Hashable, Any]] = {}

    def rows(self, name: str) -> Rows:
        """The rows of one table as text, in order.

        :raises FileNotFoundError: there is no table of that name
        """
        found = self._tables.get(name)
        if found is None:
            found = self._below.rows(name) if self._below else _read(name)
            self._tables[name] = found
        return found

    def over(self, tables: Mapping[str, Rows], edition: str = "") -> "LawBook":
        """A book with other rows for some tables, the rest as here."""
        return LawBook(tables, self, edition)


def _read(name: str) -> Rows:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def of_the_law() -> LawBook:
    """The shipped tables, the first package: read once and kept."""
    sums = hashlib.sha256()
    for path in sorted(TABLES.glob("*.csv")):
        sums.update(path.read_bytes())
    return LawBook(edition=f"built-in ({sums.hexdigest()[:12]})")


_IN_USE: ContextVar[LawBook | None] = ContextVar("law_book", default=None)


def in_use() -> LawBook:
    """The book that the readers of tables look into now."""
    return _IN_USE.get() or of_the_law()


@contextmanager
def use(book: LawBook) -> Iterator[LawBook]:
    """Let all readers look into ``book`` until the block ends; may be nested.

    Only the thread that opened it is concerned.
    """
    token = _IN_USE.set(book)
    try:
        yield book
    finally:
        _IN_USE.reset(token)


class Kept(Protocol[P, T]):
    """A reader whose results stay with the book that they were read from."""

    cache_clear: Callable[[], None]

    def __call__(self, *args: P.args, **named: P.kwargs) -> T:
        """What the table says."""


def kept(reader: Callable[P, T]) -> "Kept[P, T]":
    """Like ``functools.cache``, for what is read from the book in use."""

    last: tuple[LawBook | None, dict[Hashable, Any]] = (None, {})

    @wraps(reader)
    def read(*args: Any, **named: Any) -> T:
        nonlocal last
        book = _IN_USE.get() or of_the_law()
        known, memory = last  # one look at the pair, whatever other threads do
        if known is not book:
            memory = book.memory.setdefault(reader, {})
            last = (book, memory)
        key: Hashable = (args, tuple(sorted(named.items()))) if named else args
        if key in memory:
            kept_one: T = memory[key]
            return kept_one
        found = memory[key] = reader(*args, **named)
        return found

    def cache_clear() -> None:
        nonlocal last
        in_use().memory.pop(reader, None)
        last = (None, {})

    read.cache_clear = cache_clear  # type: ignore[attr-defined]
    return read  # type: ignore[return-value]


def rows(name: str) -> Rows:
    """Return the rows of ``tables/<name>.csv`` in the book in use.

    :raises FileNotFoundError: there is no table of that name
    """
    return in_use().rows(name)


Span = tuple[date, date, dict[str, str]]


@kept
def _spans(name: str) -> tuple[Span, ...]:
    """(first day, last day, row) of a dated table; an empty end is open."""
    return tuple(
        (
            date.fromisoformat(row["valid_from"]) if row["valid_from"] else date.min,
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max,
            row,
        )
        for row in rows(name)
    )


def rows_on(name: str, day: date) -> Iterator[dict[str, str]]:
    """Yield the rows of a table with ``valid_from``/``valid_to`` in force on ``day``.

    Both ends count; an empty end is open.
    """
    for starts, ends, row in _spans(name):
        if starts <= day <= ends:
            yield row
