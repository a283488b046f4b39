"""The dashboards as drawn: every measure is there, every chart has its id, every place fits."""

import re

import pytest
from tools.finance.dashboard import departments, practice
from tools.finance.measure.measures import MEASURES

BOOKS = {
    "measures": practice.measures_workbook(),
    "measures, example": practice.measures_example(),
    "departments": departments.departments_workbook(),
    "departments, example": departments.departments_example(),
}


def figures(book):
    return book["sheets"][0]["figures"]


@pytest.mark.parametrize("name", BOOKS)
def test_each_chart_has_its_id(name):
    """Without one the host's page stops."""
    ids = [figure["id"] for figure in figures(BOOKS[name])]
    assert len(set(ids)) == len(ids)
    for figure in figures(BOOKS[name]):
        assert figure["data"]["chartId"] == figure["id"]


@pytest.mark.parametrize("name", BOOKS)
def test_figures_do_not_lie_on_each_other(name):
    boxes = [
        (
            figure["offset"]["x"],
            figure["offset"]["y"],
            figure["offset"]["x"] + figure["width"],
            figure["offset"]["y"] + figure["height"],
        )
        for figure in figures(BOOKS[name])
    ]
    for at, (left, top, right, bottom) in enumerate(boxes):
        assert right <= 1020
        for other in boxes[at + 1 :]:
            assert (
                right <= other[0]
                or other[2] <= left
                or bottom <= other[1]
                or other[3] <= top
            )


@pytest.mark.parametrize("name", BOOKS)
def test_each_cell_that_is_named_is_there(name):
    """A figure that points beside its number shows nothing, and nobody sees why."""
    book = BOOKS[name]
    cells = next(s["cells"] for s in book["sheets"] if s["name"] == "Data")
    seen = 0
    for figure in figures(book):
        data = figure["data"]
        places = [data.get("keyValue"), data.get("baseline"), data.get("labelRange")]
        places += [each["dataRange"] for each in data.get("dataSets", [])]
        for place in filter(None, places):
            for cell in re.findall(r"[A-Z]+\d+", place.removeprefix("Data!")):
                assert cell in cells, (figure["id"], cell)
                seen += 1
    assert seen


@pytest.mark.parametrize("name", ["measures", "measures, example"])
def test_every_measure_has_card_trend_and_formula(name):
    book = BOOKS[name]
    page = book["sheets"][0]
    written = set(page["cells"].values())
    drawn = {figure["id"] for figure in page["figures"]}
    for measure in MEASURES:
        assert {f"card_{measure.code}", f"trend_{measure.code}"} <= drawn
        for words in (measure.name, measure.formula, measure.source):
            assert practice.text(words) in written, words


def test_more_is_green_only_where_more_is_better():
    cards = {f["id"]: f["data"] for f in figures(BOOKS["measures"])}
    green = cards["card_net_collection"]["baselineColorUp"]
    assert green == cards["card_days_cash"]["baselineColorUp"]
    assert green == cards["card_days_in_ar"]["baselineColorDown"]
    assert cards["card_days_in_ar"]["baselineColorUp"] != green


def test_the_last_month_ends_the_trend():
    data = next(s for s in BOOKS["measures"]["sheets"] if s["name"] == "Data")["cells"]
    last = practice.FIRST + practice.MONTHS - 1
    assert '"#month:month",1)' in data[f"A{last}"]
    assert f'"#month:month",{practice.MONTHS})' in data[f"A{practice.FIRST}"]


def test_the_example_asks_nothing_of_the_practice():
    for name in ("measures, example", "departments, example"):
        assert not BOOKS[name]["pivots"]
        links = [
            c
            for c in BOOKS[name]["sheets"][0]["cells"].values()
            if "ir_menu_xml_id" in c
        ]
        assert links, name


def test_a_quote_stays_in_its_text():
    assert practice.text('a "b"') == '="a ""b"""'
