"""Vectors of state income tax, handed to the state rules one row each."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from tools.money import money
from tools.payroll.law.period import PayPeriod
from tools.payroll.tax.states import (
    FilingStatus,
    Rounding,
    StateInput,
    counties,
    withhold,
)

from devtools.vectors.vectorfile import (
    FLAGS,
    BadCell,
    Columns,
    Mismatch,
    choose,
    compare,
)

REQUIRED = (
    "tax_year",
    "state",
    "frequency",
    "wages_per_period",
    "expected_withholding",
)
STATUSES = {status.value: status for status in FilingStatus} | {
    "married": FilingStatus.MARRIED_JOINTLY,
    "": FilingStatus.SINGLE,
}
# An option's name in the file -> the entry of the state form it fills in (or the date
# of payment it asks for), and how its text is read.
_FLAG, _NUMBER, _AMOUNT, _TEXT = FLAGS.__getitem__, int, money, str
Reader = Callable[[str], object]
OPTIONS: dict[str, tuple[str, Reader]] = {
    "pre": ("pre", _FLAG),
    "pay_date": ("pay_date", date.fromisoformat),
    "spouse": ("spouse_works", _FLAG),
    "allowanceamount": ("allowance_amount", _AMOUNT),
    "fed": ("federal_tax", _AMOUNT),
    "cty": ("county_percent", _AMOUNT),
    "code": ("code", _TEXT),
    "county": ("county", _TEXT),
    "extra": ("extra", _AMOUNT),
    "reduced": ("reduced", _AMOUNT),
    "exempt": ("exempt", _FLAG),
    "resident": ("resident", _FLAG),
    "two_jobs": ("two_jobs", _FLAG),
    "elected_percent": ("elected_percent", _AMOUNT),
    "additional_allowances": ("additional_allowances", _NUMBER),
    "dependents": ("dependents", _NUMBER),
    "blind": ("blind", _NUMBER),
    "form": ("form_on_file", _FLAG),
    "elected": ("elected_percent", _AMOUNT),
    "additional": ("additional_allowances", _NUMBER),
    "first_time": ("first_time_dependents", _NUMBER),
    "adopted": ("adopted_children", _NUMBER),
    "period_start": ("period_start", date.fromisoformat),
    "period_end": ("period_end", date.fromisoformat),
    "rounding": ("rounding", Rounding),
}
# "pre" asks for the rules before a change within the year: before 11 May of 2026.
# The others are read in mid-August: Georgia, Utah and Ohio had changed by then, and
# Maine, whose examples are those of its first tables of 2026, had not.
_EARLY, _LATE = (3, 15), (8, 15)
_BASIC_AND_ADDITIONAL = re.compile(r"(\d+) basic \+ (\d+) additional")
_CODE = re.compile(r"\bcode ([A-F])\b")
_PAY_DATE = re.compile(r"\bpay date (\d{4}-\d\d-\d\d)")


class StateVectors:
    """Checks rows in the columns of ``state_2026_control_examples_vectors.csv``.

    The pay date is 15 August of the tax year unless ``source_detail`` ("pay date
    2026-03-15") or an option (pay_date=2026-03-15) names one.
    ``options`` are written "name=value", several with ";" between them. Published
    examples are to the cent, so the state's own rounding is left out.
    """

    def __init__(self, header: Sequence[str]) -> None:
        self._columns = Columns(header, REQUIRED)

    def ident(self, cells: Sequence[str]) -> str:
        """The vector's id."""
        return self._columns.text(cells, "vector_id")

    def check(self, cells: Sequence[str]) -> Mismatch | None:
        """Compare one row; errors as in ``Checker``."""
        columns = self._columns
        state = columns.text(cells, "state").upper()
        options = _options(columns.text(cells, "options"))
        early = bool(options.pop("pre", False))
        pay_date = options.pop("pay_date", None) or self._pay_date(cells, early=early)
        given = replace(self._given(cells, state, pay_date), **options)
        worked = withhold(state, pay_date, given)
        return compare(
            self.ident(cells),
            f"{state} income tax",
            lambda: worked,
            worked.amount,
            columns.amount(cells, "expected_withholding"),
            columns.not_negative(cells, "tolerance"),
        )

    def _pay_date(self, cells: Sequence[str], *, early: bool) -> date:
        detail = self._columns.text(cells, "source_detail")
        if named := _PAY_DATE.search(detail):
            return date.fromisoformat(named[1])
        year = self._columns.whole(cells, "tax_year")
        return date(year, *(_EARLY if early else _LATE))

    def _given(self, cells: Sequence[str], state: str, pay_date: date) -> StateInput:
        columns = self._columns
        frequency = columns.text(cells, "frequency")
        try:
            period = PayPeriod.parse(frequency)
        except ValueError as error:
            raise BadCell("frequency", frequency, str(error)) from None
        status_text = columns.text(cells, "filing_status")
        additional = 0
        if both := _BASIC_AND_ADDITIONAL.fullmatch(columns.text(cells, "allowances")):
            allowances, additional = int(both[1]), int(both[2])
        else:
            allowances = columns.whole(cells, "allowances", 0)
        detail = columns.text(cells, "source_detail")
        code = _CODE.search(detail) if state == "CT" else None
        return StateInput(
            columns.amount(cells, "wages_per_period"),
            period,
            choose("filing_status", status_text, STATUSES),
            allowances,
            additional_allowances=additional,
            code=code[1] if code else "",
            county=_county(state, pay_date, detail),
            rounding=Rounding.CENTS,
        )


def _county(state: str, pay_date: date, detail: str) -> str:
    """Return the code of the Maryland county whose name stands in ``detail``."""
    if state != "MD":
        return ""
    found = counties(state, pay_date).values()
    return next((county.code for county in found if county.name in detail), "")


def _options(text: str) -> dict[str, Any]:
    """Return the entries of the state form named in ``text``.

    :raises BadCell: an option nobody knows, or a value that does not fit it
    """
    found: dict[str, Any] = {}
    for option in filter(None, map(str.strip, re.split("[;,]", text))):
        name, _equals, value = map(str.strip, option.partition("="))
        field, read = choose("options", name, OPTIONS)
        try:
            found[field] = read(value.lower() if read is _FLAG else value)
        except (KeyError, ValueError):
            raise BadCell("options", option, f"give {name} a value that fits") from None
    return found
