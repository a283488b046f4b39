"""Reads published examples of state withholding, one row of text each.

The header is that of the public control examples (``state, frequency,
filing_status, allowances, wages_per_period, expected_withholding, tolerance,
source_detail, options``). ``options`` holds what only some states ask, as
``key=value`` pairs parted by semicolons; where it is empty, a few facts are read from
the words of ``source_detail``.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ...money import money, to_cents
from ..period import PayPeriod
from .entry import withhold
from .inputs import FilingStatus, Rounding, StateInput, Withheld
from .tables import laws

# Undated rows are read on a day after all changes within the year that the examples
# know (the last is Ohio's of 1 August) and before those they do not know.
UNDATED = (8, 15)
BEFORE_CHANGES = (3, 15)
_DATE = re.compile(r"pay date (\d{4}-\d\d-\d\d)")
_CODE = re.compile(r"\bcode ([A-F])\b")
_LINES = re.compile(r"(\d+) basic \+ (\d+) additional")


@dataclass(frozen=True, slots=True)
class Vector:
    """An example: what to compute, and what its source says comes out."""

    name: str
    state: str
    pay_date: date
    given: StateInput
    expected: Decimal
    tolerance: Decimal
    source: str

    def result(self) -> Withheld:
        """What we withhold for it.

        :raises StateTaxError: it cannot be computed
        """
        return withhold(self.state, self.pay_date, self.given)

    def agrees(self, result: Withheld) -> bool:
        """Whether the result lies within the tolerance, which may be 0."""
        return abs(result.amount - to_cents(self.expected)) <= self.tolerance


def read(row: Mapping[str, str]) -> Vector:
    """The example of one row.

    Amounts are dollars; results are compared to the cent, whatever the state's guide
    rounds to, because the examples are written in cents.

    :raises ValueError: a cell that says nothing known, named with its column
    :raises KeyError: a column is missing
    """
    state, detail = row["state"].strip(), row.get("source_detail", "")
    options = _options(row.get("options", "") or "")
    basic, additional = _allowances(row["allowances"])
    given = StateInput(
        wages=money(row["wages_per_period"]),
        period=PayPeriod.parse(row["frequency"]),
        filing_status=FilingStatus(row["filing_status"].strip()),
        allowances=basic,
        additional_allowances=additional,
        rounding=Rounding.CENTS,
    )
    pay_date = _pay_date(row, options, detail)
    for key, value in {**_from_words(state, detail), **options}.items():
        given = _given(given, key, value)
    return Vector(
        name=row.get("vector_id", "") or f"{state} {row['wages_per_period']}",
        state=state,
        pay_date=pay_date,
        given=given,
        expected=money(row["expected_withholding"]),
        tolerance=money(row["tolerance"] or "0"),
        source=detail,
    )


def _options(text: str) -> dict[str, str]:
    """The pairs of the options cell.

    :raises ValueError: a part which is no pair
    """
    pairs = {}
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        key, sign, value = part.partition("=")
        if not sign:
            raise ValueError(f"options: {part!r} is not key=value")
        pairs[key.strip()] = value.strip()
    return pairs


def _allowances(text: str) -> tuple[int, int]:
    lines = _LINES.fullmatch(text.strip())
    if lines:
        return int(lines[1]), int(lines[2])
    return int(text.strip() or 0), 0


def _pay_date(row: Mapping[str, str], options: dict[str, str], detail: str) -> date:
    dated = options.pop("pay_date", "") or "".join(_DATE.findall(detail)[:1])
    before = options.pop("pre", "").lower() == "true"
    if dated:
        return date.fromisoformat(dated)
    month, day = BEFORE_CHANGES if before else UNDATED
    return date(int(row["tax_year"]), month, day)


def _from_words(state: str, detail: str) -> dict[str, str]:
    """Facts that some rows only tell in words: a code, a county, a nonresident."""
    if state == "CT":
        code = _CODE.search(detail)
        return {"code": code[1]} if code else {}
    if state != "MD":
        return {}
    if "nonresident" in detail.lower():
        return {"resident": "False"}
    named = {
        county.name: county.code
        for law in laws()["MD"]
        for county in law.counties.values()
    }
    codes = [code for name, code in named.items() if name in detail]
    return {"county": codes[0]} if codes else {}


def _flag(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise ValueError(f"options: {text!r} is neither True nor False")
    return text.lower() == "true"


# option -> field of StateInput and how to read it; several are the short names of the
# public examples
_FIELDS: dict[str, tuple[str, Callable[[str], object]]] = {
    "spouse": ("spouse_works", _flag),
    "two_jobs": ("two_jobs", _flag),
    "fed": ("federal_tax", money),
    "code": ("code", str),
    "cty": ("county_percent", money),
    "county": ("county", str),
    "resident": ("resident", _flag),
    "allowanceAmount": ("allowance_amount", money),
    "elected": ("elected_percent", money),
    "form": ("form_on_file", _flag),
    "extra": ("extra", money),
    "reduced": ("reduced", money),
    "additional": ("additional_allowances", int),
    "dependents": ("dependents", int),
    "dependent": ("dependents", int),
    "first_time": ("first_time_dependents", int),
    "firstTimeDependent": ("first_time_dependents", int),
    "adopted": ("adopted_children", int),
    "adoptedChild": ("adopted_children", int),
    "personal": ("allowances", int),
    "blind": ("blind", int),
    "exempt": ("exempt", _flag),
    "period_start": ("period_start", date.fromisoformat),
    "period_end": ("period_end", date.fromisoformat),
    "rounding": ("rounding", Rounding),
}


def _given(given: StateInput, key: str, value: str) -> StateInput:
    if key not in _FIELDS:
        raise ValueError(f"options: {key!r} is none of {', '.join(sorted(_FIELDS))}")
    field, parse = _FIELDS[key]
    changes: dict[str, object] = {field: parse(value)}
    return replace(given, **changes)  # type: ignore[arg-type]
