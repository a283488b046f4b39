"""Labels lie where the paper is cut, in inches as the maker prints them."""

import pytest
from tools.core.labels import INCH, PAGE_HEIGHT, PAGE_WIDTH, SHEETS


@pytest.mark.parametrize(
    ("code", "per_page"), [("5160", 30), ("5163", 10), ("5168", 4)]
)
def test_labels_fill_the_sheet_and_no_two_overlap(code, per_page):
    sheet = SHEETS[code]
    assert sheet.per_page == per_page
    places = list(sheet.places(per_page))
    assert {place.page for place in places} == {0}
    for place in places:
        assert place.left >= 0
        assert place.bottom >= 0
        assert place.left + place.width <= PAGE_WIDTH
        assert place.bottom + place.height <= PAGE_HEIGHT
    for index, one in enumerate(places):
        for other in places[index + 1 :]:
            beside = (
                abs(one.left - other.left) >= one.width - 1e-6
                or abs(one.bottom - other.bottom) >= one.height - 1e-6
            )
            assert beside, (one, other)


@pytest.mark.parametrize("code", SHEETS)
def test_the_sheet_is_centred(code):
    """What is left over on the right and below is what is left over on the left and above,
    to a sixteenth of an inch."""
    sheet = SHEETS[code]
    places = list(sheet.places(sheet.per_page))
    right = PAGE_WIDTH - max(p.left + p.width for p in places)
    below = min(p.bottom for p in places)
    assert right == pytest.approx(sheet.margin_left * INCH, abs=INCH / 16)
    assert below == pytest.approx(sheet.margin_top * INCH, abs=INCH / 16)


def test_along_the_rows_then_to_the_next_page():
    places = list(SHEETS["5163"].places(23))
    assert [place.page for place in places] == [0] * 10 + [1] * 10 + [2] * 3
    first, second, third = places[:3]
    assert first.bottom == second.bottom > third.bottom
    assert first.left == third.left < second.left
    assert places[20] == type(first)(
        2, first.left, first.bottom, first.width, first.height
    )


def test_no_labels():
    assert not list(SHEETS["5160"].places(0))
