"""Vectors of federal income tax: Worksheet 1A for one pay period a row."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from tools.payroll.law.certificates import W4, FilingStatus, W4Before2020
from tools.payroll.law.federal_tables import FederalYear, TaxYearMissing, federal_year
from tools.payroll.law.lawtable import LawBook, in_use
from tools.payroll.law.period import PayPeriod
from tools.payroll.law.working import Worked
from tools.payroll.tax.federal import Rounding, explain, worksheet_1a

from devtools.vectors.vectorfile import BadCell, Columns, Mismatch, choose, compare

REQUIRED = (
    "tax_year",
    "pay_periods_per_year",
    "filing_status",
    "taxable_wages_period",
    "expected_fit",
)
STATUSES = {status.value: status for status in FilingStatus} | {
    "single": FilingStatus.SINGLE,
    "married_separately": FilingStatus.SINGLE,
    "married_jointly": FilingStatus.MARRIED,
    "married": FilingStatus.MARRIED,
}
ROUNDINGS = {rounding.name.lower(): rounding for rounding in Rounding}
BEFORE_2020 = {
    **dict.fromkeys(("2020+", "2020_or_later", "2020 or later", "2020plus"), False),
    **dict.fromkeys(("pre2020", "pre-2020", "2019-", "2019_or_earlier"), True),
    **dict.fromkeys(("2019 or earlier", "2019", "<2020"), True),
}
# The columns of Form W-4, and with them those that say which tables and rounding:
# their texts recur from row to row, so what they mean is worked out once.
LATER_AMOUNTS = (
    "step3_credits_annual",
    "step4a_other_income_annual",
    "step4b_deductions_annual",
)
TERM_COLUMNS = (
    "tax_year",
    "pay_periods_per_year",
    "expected_rounding",
    "w4_version",
    "filing_status",
    "step2_checkbox",
    *LATER_AMOUNTS,
    "step4c_extra_per_period",
    "allowances_pre2020",
)


class Terms(NamedTuple):
    """All of a row but its amounts."""

    tables: FederalYear
    period: PayPeriod
    rounding: Rounding
    form: W4 | W4Before2020


class FederalVectors:
    """Checks rows in the columns of ``federal_withholding_vectors.csv``.

    A missing or empty column of Form W-4 reads as not filled in, a missing version
    as 2020 or later, a missing rounding as cents, a missing tolerance as none.
    """

    def __init__(self, header: Sequence[str]) -> None:
        self._columns = Columns(header, REQUIRED)
        self._places = tuple(map(self._columns.place, TERM_COLUMNS))

    def ident(self, cells: Sequence[str]) -> str:
        """The vector's id."""
        return self._columns.text(cells, "vector_id")

    def check(self, cells: Sequence[str]) -> Mismatch | None:
        """Compare one row; errors as in ``Checker``."""
        columns = self._columns
        tables, period, rounding, form = _terms(
            in_use(),
            *("" if place is None else cells[place] for place in self._places),
        )
        wages = columns.not_negative(cells, "taxable_wages_period", None)
        added = columns.not_negative(cells, "nra_addition_period")
        lines = worksheet_1a(form, wages + added, period, tables)
        ours = rounding.apply(lines.line_4b)

        def worked() -> Worked:
            return Worked(ours, explain(lines, form, tables, added, ours))

        return compare(
            self.ident(cells),
            "federal income tax",
            worked,
            ours,
            columns.amount(cells, "expected_fit"),
            columns.not_negative(cells, "tolerance"),
        )


@lru_cache(maxsize=10_000)
def _terms(_book: LawBook, *texts: str) -> Terms:
    """Return what the texts of ``TERM_COLUMNS`` mean by the book in use.

    :raises BadCell: a text is no such value, or the form has no such line
    """
    named = Columns(TERM_COLUMNS, ())
    year = named.whole(texts, "tax_year")
    try:
        tables = federal_year(year)
    except TaxYearMissing as error:
        raise BadCell("tax_year", str(year), str(error)) from None
    count = named.text(texts, "pay_periods_per_year")
    try:
        period = PayPeriod.parse(count)
    except ValueError as error:
        raise BadCell("pay_periods_per_year", count, str(error)) from None
    rounding = named.text(texts, "expected_rounding") or "cents"
    return Terms(
        tables,
        period,
        choose("expected_rounding", rounding, ROUNDINGS),
        _form(named, texts),
    )


def _form(named: Columns, texts: Sequence[str]) -> W4 | W4Before2020:
    version = named.text(texts, "w4_version") or "2020+"
    status_text = named.text(texts, "filing_status")
    status = choose("filing_status", status_text, STATUSES)
    step2 = named.flag(texts, "step2_checkbox")
    step3, step4a, step4b = (named.not_negative(texts, n) for n in LATER_AMOUNTS)
    extra = named.not_negative(texts, "step4c_extra_per_period")
    allowances = named.whole(texts, "allowances_pre2020", 0)
    if not choose("w4_version", version, BEFORE_2020):
        if allowances:
            raise _no_such_line("allowances_pre2020", "2020 or later")
        return W4(status, step2, step3, step4a, step4b, extra)
    later = ("step2_checkbox", *LATER_AMOUNTS)
    for name, filled in zip(later, (step2, step3, step4a, step4b), strict=True):
        if filled:
            raise _no_such_line(name, "2019 or earlier")
    if status is FilingStatus.HEAD:
        remedy = "a form of 2019 or earlier knows single_mfs and married_joint only"
        raise BadCell("filing_status", status_text, remedy)
    if allowances < 0:
        raise BadCell("allowances_pre2020", str(allowances), "write 0 or more")
    return W4Before2020(status is FilingStatus.MARRIED, allowances, extra)


def _no_such_line(field: str, generation: str) -> BadCell:
    return BadCell(field, "filled in", f"a form of {generation} has no such line")
