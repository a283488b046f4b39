"""Loads the shipped state tables, believing nothing: a bad cell stops the start."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum
from itertools import pairwise
from types import MappingProxyType
from typing import TypeVar

from ...law import lawtable
from ...law.statenames import NAMES
from .errors import BadTable
from .law import County, DatedBy, Law, Method, Proof, RoundsTo, WageBase
from .schedule import Bracket, Schedule, StepTable

GUIDES = (
    "state,valid_from,valid_to,dated_by,method,proof,rounds_to,wage_base,citation,url,"
    "mark"
)
PARAMETERS = "state,valid_from,name,column,value"
BRACKETS = "state,valid_from,schedule,column,floor,base_tax,rate_percent"
STEPS = "state,valid_from,name,column,edge,amount"
COUNTIES = "state,valid_from,code,county,banding,column,edge,rate_percent"

_PROOFS = {
    "proven": Proof.PROVEN,
    "partly": Proof.PARTLY_PROVEN,
    "unproven": Proof.UNPROVEN,
}
_E = TypeVar("_E", bound=Enum)
_Key = tuple[str, str]  # state, valid_from
_Cell = tuple[str, str]  # name, column
_Schedules = dict[_Key, dict[_Cell, Schedule]]


class Row:
    """A row of a table that names its file and line when a cell is wrong."""

    def __init__(self, table: str, line: int, cells: Mapping[str, str]) -> None:
        self.table, self.line, self.cells = table, line, cells

    def bad(self, column: str, problem: str) -> BadTable:
        return BadTable(f"{self.table}.csv line {self.line}, {column}: {problem}")

    def text(self, column: str, *, optional: bool = False) -> str:
        value = self.cells[column]
        if value != value.strip() or not (value or optional):
            raise self.bad(column, f"{value!r} is empty or has blanks around it")
        return value

    def number(self, column: str) -> Decimal:
        value = self.text(column)
        try:
            number = Decimal(value)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise self.bad(column, f"{value!r} is not a number")
        return number

    def day(self, column: str) -> date:
        value = self.text(column)
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise self.bad(column, f"{value!r} is not a date") from error

    def choice(self, column: str, kind: type[_E]) -> _E:
        try:
            return kind(self.text(column))
        except ValueError as error:
            raise self.bad(column, f"not one of {[m.value for m in kind]}") from error

    @property
    def key(self) -> _Key:
        state = self.text("state")
        if state not in NAMES:
            raise self.bad("state", f"{state!r} is not a state")
        self.day("valid_from")
        return state, self.text("valid_from")

    def cell(self, name: str) -> _Cell:
        return self.text(name), self.text("column")


def read(table: str, columns: str) -> Iterator[Row]:
    """The rows of a shipped table, each with exactly ``columns``.

    :raises BadTable: another header, or a row with too few or too many cells
    """
    wanted = columns.split(",")
    for line, cells in enumerate(lawtable.rows(table), start=2):
        if list(cells) != wanted or None in cells.values():
            raise BadTable(f"{table}.csv line {line}: its cells are not {columns}")
        yield Row(table, line, cells)


def _parameters() -> dict[_Key, dict[_Cell, Decimal]]:
    found: dict[_Key, dict[_Cell, Decimal]] = defaultdict(dict)
    for row in read("state_parameters", PARAMETERS):
        if row.cell("name") in found[row.key]:
            raise row.bad("name", "a second value for the same name and column")
        found[row.key][row.cell("name")] = row.number("value")
    return found


def _schedules() -> _Schedules:
    rows: dict[_Key, dict[_Cell, list[Bracket]]] = defaultdict(dict)
    for row in read("state_brackets", BRACKETS):
        bracket = Bracket(
            row.number("floor"), row.number("base_tax"), row.number("rate_percent")
        )
        rows[row.key].setdefault(row.cell("schedule"), []).append(bracket)
    return {
        key: {cell: Schedule(tuple(brackets)) for cell, brackets in cells.items()}
        for key, cells in rows.items()
    }


def _step_tables() -> dict[_Key, dict[_Cell, StepTable]]:
    rows: dict[_Key, dict[_Cell, list[tuple[Decimal, Decimal]]]] = defaultdict(dict)
    for row in read("state_steps", STEPS):
        pair = row.number("edge"), row.number("amount")
        rows[row.key].setdefault(row.cell("name"), []).append(pair)
    return {
        key: {cell: _steps(pairs) for cell, pairs in cells.items()}
        for key, cells in rows.items()
    }


def _steps(pairs: Sequence[tuple[Decimal, Decimal]]) -> StepTable:
    return StepTable(tuple(edge for edge, _ in pairs), tuple(a for _, a in pairs))


def _counties() -> dict[_Key, dict[str, County]]:
    bands: dict[_Key, dict[tuple[str, str, bool], dict[str, list[Row]]]] = defaultdict(
        dict
    )
    for row in read("state_counties", COUNTIES):
        banding = row.text("banding")
        if banding not in ("whole", "slices"):
            raise row.bad("banding", "not one of whole, slices")
        county = row.text("code"), row.text("county"), banding == "slices"
        columns = bands[row.key].setdefault(county, {})
        columns.setdefault(row.text("column"), []).append(row)
    return {
        key: {
            code: County(
                code, name, by_slices, {c: _bands(r) for c, r in columns.items()}
            )
            for (code, name, by_slices), columns in counties.items()
        }
        for key, counties in bands.items()
    }


def _bands(rows: Iterable[Row]) -> tuple[tuple[Decimal, Decimal], ...]:
    pairs = tuple((row.number("edge"), row.number("rate_percent")) for row in rows)
    _steps(pairs)  # its edges rise
    return pairs


@lawtable.kept
def laws() -> Mapping[str, tuple[Law, ...]]:
    """Every jurisdiction's rules, oldest first, read once.

    :raises BadTable: a cell, a missing jurisdiction, or spans that overlap or gap
    """
    parameters, schedules = _parameters(), _schedules()
    steps, counties = _step_tables(), _counties()
    found: dict[str, list[Law]] = {state: [] for state in NAMES}
    used: set[_Key] = set()
    for row in read("state_guides", GUIDES):
        state, _start = key = row.key
        if key in used:
            raise row.bad("valid_from", "the same state and day a second time")
        used.add(key)
        method = row.choice("method", Method)
        law = Law(
            state=state,
            valid_from=row.day("valid_from"),
            valid_to=row.day("valid_to") if row.cells["valid_to"] else None,
            method=method,
            proof=_proof(row, method),
            citation=row.text("citation"),
            url=row.text("url"),
            mark=row.text("mark", optional=True),
            dated_by=row.choice("dated_by", DatedBy),
            rounds_to=row.choice("rounds_to", RoundsTo),
            wage_base=row.choice("wage_base", WageBase),
            parameters=MappingProxyType(parameters.get(key, {})),
            schedules=MappingProxyType(schedules.get(key, {})),
            step_tables=MappingProxyType(steps.get(key, {})),
            counties=MappingProxyType(counties.get(key, {})),
        )
        found[state].append(law)
    for name, keys in (
        ("state_parameters", parameters),
        ("state_brackets", schedules),
        ("state_steps", steps),
        ("state_counties", counties),
    ):
        orphans = set(keys) - used
        if orphans:
            raise BadTable(f"{name}.csv: no guide is dated {sorted(orphans)}")
    return MappingProxyType({s: _in_order(s, spans) for s, spans in found.items()})


def _proof(row: Row, method: Method) -> Proof:
    proof = _PROOFS.get(row.text("proof"))
    if proof is None:
        raise row.bad("proof", f"not one of {sorted(_PROOFS)}")
    if (proof is Proof.PROVEN) == bool(row.cells["mark"]):
        raise row.bad("mark", "says why it is unproven, and only then")
    return Proof.NO_WAGE_TAX if method is Method.NONE else proof


def _in_order(state: str, spans: list[Law]) -> tuple[Law, ...]:
    """The spans of one state, oldest first, each beginning where the last ended."""
    ordered = sorted(spans, key=lambda law: law.valid_from)
    if not ordered:
        raise BadTable(f"state_guides.csv: {state} is missing")
    for law in ordered:
        has_rates = law.schedules or law.find("default_percent")
        if law.method is not Method.NONE and not has_rates:
            raise BadTable(f"{state}: no brackets for {law.valid_from}")
    for older, newer in pairwise(ordered):
        if older.valid_to is None or older.valid_to >= newer.valid_from:
            raise BadTable(f"{state}: two tables are in force on {newer.valid_from}")
        if older.valid_to + timedelta(days=1) != newer.valid_from:
            raise BadTable(f"{state}: no table between {older.valid_to} and its next")
    return tuple(ordered)
