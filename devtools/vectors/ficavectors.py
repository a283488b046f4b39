"""Vectors of Social Security, Medicare, FUTA and flat supplemental tax."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from tools.money import ZERO
from tools.payroll.law.certificates import W4
from tools.payroll.law.contributions import contributions
from tools.payroll.law.working import Worked
from tools.payroll.tax.fica import additional_medicare, medicare, social_security
from tools.payroll.tax.supplemental import flat
from tools.payroll.tax.unemployment import futa

from devtools.vectors.vectorfile import BadCell, Columns, Mismatch, compare

REQUIRED = ("tax_year", "item", "wages_this_period", "expected")
Tax = Callable[[int, Decimal, Decimal], Worked]


def _supplemental(year: int, wages: Decimal, before: Decimal) -> Worked:
    return flat(W4(), wages, before, date(year, 12, 31))


ITEMS: dict[str, Tax] = {
    "ss_employee": social_security,
    "ss_employer": social_security,
    "medicare": medicare,
    "medicare_employee": medicare,
    "medicare_employer": medicare,
    "additional_medicare_employee": additional_medicare,
    "futa_employer": futa,
    "supplemental_fit_flat": _supplemental,
}
_FUTA_AT = re.compile(r"futa_employer_(\d+(?:\.\d+)?)pct")


class FicaVectors:
    """Checks rows in the columns of ``fica_futa_supplemental_vectors.csv``.

    ``futa_employer_0.6pct`` names its net rate: what is above 0.6 is taken for the
    credit reduction of the state. ``tolerance`` may be added as a column.
    """

    def __init__(self, header: Sequence[str]) -> None:
        self._columns = Columns(header, REQUIRED)

    def ident(self, cells: Sequence[str]) -> str:
        """The vector's id."""
        return self._columns.text(cells, "vector_id")

    def check(self, cells: Sequence[str]) -> Mismatch | None:
        """Compare one row; errors as in ``Checker``."""
        columns = self._columns
        year = columns.whole(cells, "tax_year")
        item = columns.text(cells, "item").lower()
        tax = ITEMS.get(item) or _futa_at(item, year)
        worked = tax(
            year,
            columns.amount(cells, "wages_this_period"),
            columns.not_negative(cells, "ytd_wages_before"),
        )
        return compare(
            self.ident(cells),
            item,
            lambda: worked,
            worked.amount,
            columns.amount(cells, "expected"),
            columns.not_negative(cells, "tolerance"),
        )


def _futa_at(item: str, year: int) -> Tax:
    """Return FUTA at the net percent the item names.

    :raises BadCell: the item is none we know, or below the rate with full credit
    """
    named = _FUTA_AT.fullmatch(item)
    known = ", ".join([*ITEMS, "futa_employer_0.6pct"])
    if not named:
        raise BadCell("item", item, f"write one of: {known}")
    law = contributions(year)
    reduction = Decimal(named[1]) - (law.futa_rate - law.futa_credit) * 100
    if reduction < ZERO:
        raise BadCell("item", item, "the FUTA rate is never below 0.6 percent")
    return lambda tax_year, wages, before: futa(tax_year, wages, before, reduction)
