"""The published examples of state withholding in ``data/state_*_examples.csv``.

``options`` holds what only some states ask: ``key=value``, parted by semicolons. The
examples are written in cents; one that shows the whole dollars of its guide says so
(``rounding=by_guide``).
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from tools.payroll.law.period import PayPeriod
from tools.payroll.tax.states import FilingStatus, Rounding, StateInput

DATA = Path(__file__).parent / "data"
FILES = ("state_control_examples", "state_guide_examples")
# Georgia, Utah and Ohio had changed by then; Maine's second tables were to come.
UNDATED = date(2026, 8, 15)

_OPTIONS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "spouse": ("spouse_works", "True".__eq__),
    "resident": ("resident", "True".__eq__),
    "form": ("form_on_file", "True".__eq__),
    "fed": ("federal_tax", Decimal),
    "cty": ("county_percent", Decimal),
    "allowanceAmount": ("allowance_amount", Decimal),
    "elected": ("elected_percent", Decimal),
    "code": ("code", str),
    "county": ("county", str),
    "additional": ("additional_allowances", int),
    "dependents": ("dependents", int),
    "first_time": ("first_time_dependents", int),
    "adopted": ("adopted_children", int),
    "period_start": ("period_start", date.fromisoformat),
    "rounding": ("rounding", Rounding),
}


@dataclass(frozen=True)
class Example:
    """One published result."""

    name: str
    state: str
    pay_date: date
    given: StateInput
    expected: Decimal
    tolerance: Decimal
    kind: str
    source: str


def examples(file: str) -> Iterator[Example]:
    """The examples of one file of ``data``."""
    with (DATA / f"{file}.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield _example(row)


def all_examples() -> list[Example]:
    return [example for file in FILES for example in examples(file)]


def _example(row: dict[str, str]) -> Example:
    pairs = [part.strip().split("=") for part in row["options"].split(";") if part]
    options = dict(pairs)
    pay_date = date.fromisoformat(options.pop("pay_date", str(UNDATED)))
    given = StateInput(
        wages=Decimal(row["wages_per_period"]),
        period=PayPeriod.parse(row["frequency"]),
        filing_status=FilingStatus(row["filing_status"]),
        allowances=int(row["allowances"] or 0),
        rounding=Rounding.CENTS,
    )
    fields = {_OPTIONS[key][0]: _OPTIONS[key][1](text) for key, text in options.items()}
    return Example(
        row["vector_id"],
        row["state"],
        pay_date,
        replace(given, **fields),
        Decimal(row["expected_withholding"]),
        Decimal(row["tolerance"] or 0),
        row["kind"],
        row["source_detail"],
    )
