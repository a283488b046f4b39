"""The shipped federal tables against the publication and against each other."""

import re
from decimal import Decimal
from itertools import pairwise

import pytest
from casefile import DATA
from tools.payroll.law.certificates import FilingStatus
from tools.payroll.law.federal_tables import (
    TaxYearMissing,
    federal_year,
    nonresident_addition,
    shipped_years,
)
from tools.payroll.law.lawtable import rows
from tools.payroll.law.period import PayPeriod

MARRIED, SINGLE, HEAD = FilingStatus.MARRIED, FilingStatus.SINGLE, FilingStatus.HEAD
TITLES = {
    "Married Filing Jointly": MARRIED,
    "Single or Married Filing Separately": SINGLE,
    "Head of Household": HEAD,
}
YEARS = [2020, 2021, 2022, 2023, 2024, 2025, 2026]


def printed(year):
    """The two schedules of each status as the publication prints them."""
    text = (DATA / f"pub15t_{year}_percentage_tables.txt").read_text(encoding="utf-8")
    status, found = None, {}
    for line in text.splitlines():
        title = next((TITLES[t] for t in TITLES if line.strip().startswith(t)), None)
        if title:
            status = title
        numbers = re.findall(r"\$?([\d,.]+)%?", line)
        if status and line.strip().startswith("$"):
            values = [Decimal(number.replace(",", "")) for number in numbers]
            half = len(values) // 2  # 5 columns each, 4 in the last row
            for step2, part in ((False, values[:half]), (True, values[half:])):
                start, (base, percent, excess) = part[0], part[-3:]
                assert start == excess
                found.setdefault((status, step2), []).append((start, base, percent))
    return found


def shipped(year):
    tables = federal_year(year)
    return {
        (status, step2): [
            (bracket.at_least, bracket.base, bracket.rate * 100)
            for bracket in (tables.step2 if step2 else tables.standard)[status].brackets
        ]
        for status in FilingStatus
        for step2 in (False, True)
    }


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_tables_are_those_the_publication_prints(year):
    assert len(printed(year)) == 6
    assert shipped(year) == printed(year)


def test_all_years_from_2020_are_shipped():
    assert list(shipped_years()) == YEARS


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("status", FilingStatus, ids=lambda s: s.value)
def test_the_two_schedules_of_a_year_prove_each_other(year, status):
    """Checkbox brackets are half the standard ones with line 1g added, to the dollar.

    So a digit mistyped in one of the two tables is seen in the other.
    """
    tables = federal_year(year)
    pair = (tables.standard[status].brackets, tables.step2[status].brackets)
    for standard, step2 in list(zip(*pair, strict=True))[1:]:
        half = (standard.at_least + tables.line_1g[status]) / 2
        assert step2.at_least - half in (0, Decimal("0.5"))
        assert abs(step2.base - standard.base / 2) <= Decimal("0.005")
        assert step2.rate == standard.rate


@pytest.mark.parametrize("year", YEARS)
def test_each_bracket_begins_with_the_tax_at_the_end_of_the_one_below(year):
    for (status, _step2), brackets in shipped(year).items():
        for low, high in pairwise(brackets):
            tax = low[1] + (high[0] - low[0]) * low[2] / 100
            # Where the IRS rounded a threshold up by half a dollar, so much is off.
            assert abs(high[1] - tax) <= Decimal("0.185"), (status, high)


@pytest.mark.parametrize("year", YEARS)
def test_the_columns_a_and_b_of_the_file_leave_no_gap(year):
    here = [row for row in rows("federal_schedules") if row["year"] == str(year)]
    assert len(here) == 48
    for low, high in pairwise(here):
        assert low["less_than"] == (high["at_least"] if high["at_least"] != "0" else "")
    assert all(row["source"] for row in here)


def test_worksheet_lines_1g_and_1k_of_pub_15_t():
    for year in YEARS:
        tables = federal_year(year)
        assert tables.line_1g == {SINGLE: 8600, HEAD: 8600, MARRIED: 12900}
        assert tables.allowance == 4300
        assert tables.source
        assert tables.verified_by


@pytest.mark.parametrize("year", [2025, 2026])
@pytest.mark.parametrize("period", PayPeriod, ids=lambda p: p.name.lower())
def test_nonresident_amounts_are_the_standard_deduction_of_a_single_person(
    year, period
):
    """Table 2 adds what the first bracket frees, Table 1 an allowance less."""
    tables = federal_year(year)
    freed = tables.standard[SINGLE].brackets[1].at_least + tables.line_1g[SINGLE]
    table1 = nonresident_addition(year, before_2020=True, period=period)
    table2 = nonresident_addition(year, before_2020=False, period=period)
    assert abs(table2 - freed / period.per_year) <= Decimal("0.05")
    assert abs(table1 - (freed - 4300) / period.per_year) <= Decimal("0.05")


def test_a_year_without_tables_says_what_to_do():
    with pytest.raises(TaxYearMissing, match=r"of 2027 are not shipped.*payroll-year"):
        federal_year(2027)
    with pytest.raises(TaxYearMissing, match="nonresident alien amounts of 2024"):
        nonresident_addition(2024, before_2020=False, period=PayPeriod.WEEKLY)
