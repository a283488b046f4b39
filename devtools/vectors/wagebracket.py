"""Reads the printed wage bracket tables of Pub. 15-T, the yardstick of a tax year.

Each printed cell is Worksheet 1A at the midpoint of its row, rounded to the dollar (to
ten cents in the daily tables). So a publication proves our tables cell by cell.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from tools.money import money
from tools.payroll.law.certificates import W4, FilingStatus, W4Before2020
from tools.payroll.law.period import PayPeriod
from tools.payroll.tax.federal import Rounding

_TITLE = re.compile(
    r"^(\d{4}) Wage Bracket Method Tables .* Forms W-4 From (2020|2019)", re.IGNORECASE
)
_PERIOD = re.compile(r"^([A-Za-z]+) Payroll Period", re.IGNORECASE)
_PERSONS = re.compile(r"\b(MARRIED|SINGLE) Persons", re.IGNORECASE)
_ROW = re.compile(r"^\$[\d,]+ +\$[\d,]+( +\$[\d,]+(\.\d\d)?)+$")

# The six columns for a Form W-4 of 2020 or later, from left to right.
LATER_COLUMNS = tuple(
    W4(status, step2)
    for status in (FilingStatus.MARRIED, FilingStatus.HEAD, FilingStatus.SINGLE)
    for step2 in (False, True)
)
ALLOWANCES = range(11)


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed amount: wages from ``at_least`` up to ``less_than`` dollars."""

    year: int
    period: PayPeriod
    form: W4 | W4Before2020
    at_least: Decimal
    less_than: Decimal
    printed: Decimal

    @property
    def midpoint(self) -> Decimal:
        """The wages for which the publication worked the cell out."""
        return (self.at_least + self.less_than) / 2

    @property
    def rounding(self) -> Rounding:
        """How the publication rounds this table."""
        if self.period is PayPeriod.DAILY:
            return Rounding.TEN_CENTS
        return Rounding.WHOLE_DOLLAR


def old_columns(*, married: bool) -> tuple[W4Before2020, ...]:
    """Return the eleven columns of a table for a Form W-4 of 2019 or earlier."""
    return tuple(W4Before2020(married, number) for number in ALLOWANCES)


def read_cells(lines: Iterable[str]) -> Iterator[Cell]:
    """Yield the cells of the wage bracket tables in the text of a Pub. 15-T.

    :param lines: the publication as text, one printed row a line (as ``pdftotext
        -layout`` or any other extractor gives it); other lines are skipped
    :raises ValueError: a row has not the cells its table has columns
    """
    year = 0
    period: PayPeriod | None = None
    columns: tuple[W4 | W4Before2020, ...] = ()
    for line in map(str.strip, lines):
        if title := _TITLE.match(line):
            year = int(title[1])
            columns = LATER_COLUMNS if title[2] == "2020" else ()
            period = None
        elif named := _PERIOD.match(line):
            period = PayPeriod.parse(named[1])
        elif persons := _PERSONS.search(line):
            columns = old_columns(married=persons[1].upper() == "MARRIED")
        elif period and _ROW.match(line):
            low, high, *amounts = map(money, line.split())
            if len(amounts) != len(columns):
                raise ValueError(f"{len(columns)} cells expected in the row {line!r}")
            for form, printed in zip(columns, amounts, strict=True):
                yield Cell(year, period, form, low, high, printed)


VECTOR_COLUMNS = (
    "vector_id",
    "tax_year",
    "w4_version",
    "pay_periods_per_year",
    "filing_status",
    "step2_checkbox",
    "allowances_pre2020",
    "taxable_wages_period",
    "expected_fit",
    "expected_rounding",
)


def as_vector(cell: Cell, number: int) -> tuple[str, ...]:
    """Return a cell as the row of a vector file with ``VECTOR_COLUMNS``.

    :param number: tells cells of the same publication apart
    """
    form = cell.form
    if isinstance(form, W4):
        version, step2, allowances = "2020+", form.step2, 0
    else:
        version, step2, allowances = "pre2020", False, form.allowances
    return (
        f"P15T-{cell.year}-{number}",
        str(cell.year),
        version,
        str(cell.period.per_year),
        form.status.value,
        str(int(step2)),
        str(allowances),
        str(cell.midpoint),
        str(cell.printed),
        cell.rounding.name.lower(),
    )
