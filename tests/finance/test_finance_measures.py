"""Ten numbers a month: read strictly, and what follows from them."""

from ast import literal_eval
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tools.finance.measure.measures import BY_CODE, MEASURES, Figures, measured
from tools.finance.measure.monthfile import MONTH_TEXTS, read_months

TODAY = date(2026, 6, 15)
HEAD = (
    "Month,Visits,New patients,Charges,Payments,Adjustments,"
    "A/R 0-30,A/R 31-60,A/R 61-90,A/R 91-120,A/R over 120\n"
)
GOOD = "2026-05,1200,90,300000,180000,110000,150000,40000,20000,10000,30000\n"


def read(rows):
    return read_months((HEAD + rows).encode(), TODAY)


def test_a_month_is_read():
    (row,), problems = read(GOOD)
    assert not problems
    assert (row.month, row.visits, row.amounts["ar_over"]) == (
        date(2026, 5, 1),
        1200,
        Decimal(30000),
    )


@pytest.mark.parametrize(
    ("rows", "code", "field"),
    [
        (GOOD + GOOD, "same_month_twice", "Month"),
        (GOOD.replace("2026-05", "2026-06"), "future_month", "Month"),
        (GOOD.replace(",90,", ",1201,"), "new_above_visits", "New patients"),
        (GOOD.replace("300000", "18000"), "payments_unlikely", "Charges"),
        (GOOD.replace("180000", "180000.123"), "too_precise", "Payments"),
        (GOOD.replace("2026-05", "May"), "not_a_month", "Month"),
        (GOOD.replace("1200,", "-1,"), "too_small", "Visits"),
    ],
)
def test_what_cannot_be_is_refused_with_row_field_and_remedy(rows, code, field):
    found, problems = read(rows)
    assert [(each.code, each.field) for each in problems] == [(code, field)]
    assert f"Row {2 + (rows == GOOD + GOOD)}, {field}" in problems[0].english(
        MONTH_TEXTS
    )
    assert len(found) == (rows == GOOD + GOOD)


def test_the_second_of_a_month_is_refused_even_where_the_first_is_wrong():
    _rows, problems = read(GOOD.replace("300000", "1") + GOOD)
    assert [each.code for each in problems] == ["payments_unlikely", "same_month_twice"]


FIGURES = Figures(
    revenue=Decimal(200000),
    operating=Decimal(120000),
    staff=Decimal(60000),
    provider=Decimal(50000),
    supplies=Decimal(12000),
    depreciation=Decimal(6000),
    cash=Decimal(152000),
    visits=1200,
    new_patients=90,
    charges=Decimal(300000),
    payments=Decimal(180000),
    adjustments=Decimal(100000),
    receivable=Decimal(250000),
    ar_over=Decimal(30000),
    physicians=Decimal("2.5"),
    days=30,
)
# worked by hand from the formulas named in measures.py
EXPECTED = {
    "overhead": "60.0",  # 120,000 / 200,000
    "staff_share": "30.0",
    "supply_per_visit": "10.00",
    "cost_per_visit": "100.00",
    "revenue_per_visit": "166.67",
    "collections_per_physician": "72000.00",
    "days_in_ar": "25.0",  # 250,000 / (300,000 / 30)
    "days_in_ar_adjusted": "37.5",  # 250,000 / (200,000 / 30)
    "gross_collection": "60.0",
    "net_collection": "90.0",  # 180,000 / 200,000
    "ar_over_120": "12.0",
    "days_cash": "40.0",  # 152,000 / (114,000 / 30)
    "new_share": "7.5",
}


def test_each_measure_by_hand():
    assert {key: str(value) for key, value in measured(FIGURES).items()} == EXPECTED


def test_what_is_not_known_is_not_measured():
    assert set(measured(Figures()).values()) == {None}
    assert measured(Figures(visits=0, operating=Decimal(1)))["cost_per_visit"] is None


def test_each_measure_says_how_and_from_where():
    assert len(BY_CODE) == len(MEASURES)
    for measure in MEASURES:
        assert measure.formula and measure.source and measure.name
        assert measure.better in ("up", "down")
        assert measure.unit in ("percent", "dollars", "days", "ratio")


def test_the_list_opens_without_a_mean_of_unlike_units():
    """Under a month, a group's row would show the mean of dollars, days and percents."""
    views = Path(__file__).resolve().parents[2] / "medical_office/views/finance"
    tree = ElementTree.parse(views / "finance_measure_views.xml")
    [action] = tree.findall(".//record[@id='finance_measure_action']")
    opened = literal_eval(action.find("field[@name='context']").text)
    grouped = {key for key in opened if key.startswith("search_default_group")}
    assert grouped <= {"search_default_group_code"}
