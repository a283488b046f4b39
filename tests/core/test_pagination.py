"""Where a long table is broken."""

from hypothesis import given
from hypothesis import strategies as st
from tools.core.pagination import Paper, plan_breaks


def test_a_table_on_one_page_is_left_alone():
    assert plan_breaks([100, 200], 300, 50, Paper(0, 1000)) == ()
    assert plan_breaks([], 0, 50, Paper(0, 1000)) == ()


def test_a_heading_over_a_group_goes_with_its_first_row():
    rows = [100, 200, 300, 400]
    (alone,) = plan_breaks(rows, 500, 50, Paper(0, 460))
    (kept,) = plan_breaks(rows, 500, 50, Paper(0, 460), keep_with_next=frozenset({2}))
    assert alone.row == 3
    assert kept.row == 2
    assert kept.filler > alone.filler


@given(
    heights=st.lists(st.integers(10, 120), min_size=1, max_size=80),
    top=st.integers(0, 600),
    heading=st.integers(10, 60),
)
def test_each_row_ends_on_the_page_on_which_it_begins(heights, top, heading):
    """Laid out with the breaks: a filler to the page's end, the heading, then the row."""
    page = 800.0
    marks = [top + heading + sum(heights[:row]) for row in range(len(heights))]
    breaks = plan_breaks(marks, marks[-1] + heights[-1], heading, Paper(0, page))
    filler = {item.row: item.filler for item in breaks}
    assert 0 not in filler
    position = float(marks[0])
    for row, height in enumerate(heights):
        if row in filler:
            above = position
            position += filler[row] + heading
            assert position // page == above // page + 1
        assert (position + height - 0.5) // page == position // page
        position += height
