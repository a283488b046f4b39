"""From stock moves to use per working day, and what is done about spikes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.supply.par.usage import Usage, Window, tame_spikes
from tools.supply.workdays import Workdays

MONDAY = date(2026, 11, 23)
THANKSGIVING = date(2026, 11, 26)
SITE = Workdays(closed=[THANKSGIVING])


def day(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


def window(days: int = 14) -> Window:
    return Window(SITE, MONDAY, day(days - 1))


# --- working days --------------------------------------------------------------


@pytest.mark.parametrize(
    ("after", "until", "days"),
    [
        (day(0), day(0), 0),
        (day(0), day(1), 1),
        (day(1), day(8), 4),  # Wed, (Thu closed), Fri, Mon, Tue
        (day(4), day(6), 0),  # Friday to Sunday
        (day(0), day(14), 9),  # two weeks less the holiday
        (day(7), day(1), 0),  # backwards
    ],
)
def test_working_days_between(after: date, until: date, days: int) -> None:
    assert SITE.between(after, until) == days


@given(st.integers(-400, 400), st.integers(0, 400), st.sets(st.integers(-400, 800)))
def test_counting_is_the_same_as_walking(
    start: int, length: int, closed: set[int]
) -> None:
    site = Workdays(range(6), [day(offset) for offset in closed])
    first, last = day(start), day(start + length)
    walked = [d for d in site.dates(first, last) if d > first]
    assert site.between(first, last) == len(walked)
    assert all(site.is_open(d) for d in walked)


@pytest.mark.parametrize("weekdays", [[], [7], [-1]])
def test_a_site_is_open_on_some_weekday(weekdays: list[int]) -> None:
    with pytest.raises(ValueError, match="weekdays"):
        Workdays(weekdays)


def test_calendar_days_become_working_days() -> None:
    assert Workdays().of_calendar(14) == 10
    assert Workdays(range(6)).of_calendar(7) == 6


# --- moves ---------------------------------------------------------------------


def test_moves_of_a_day_are_added_and_sorted() -> None:
    usage = window().usage([(day(1), 2), (day(0), 1), (day(1), 3)])
    assert usage.events == ((0, 1), (1, 5))
    assert (usage.days, usage.week) == (9, 5)


def test_use_on_a_closed_day_belongs_to_the_open_day_before() -> None:
    usage = window().usage([(THANKSGIVING, 1), (day(5), 2), (day(6), 3)])
    # Wednesday is working day 2, Friday 3
    assert usage.events == ((2, 1), (3, 5))


def test_moves_outside_the_window_are_not_its_business() -> None:
    assert window().usage([(day(-1), 5), (day(14), 5)]).events == ()


def test_a_return_takes_back_the_latest_use() -> None:
    moves = [(day(0), 4.0), (day(1), 3.0), (day(2), -5.0), (day(4), 1.0)]
    assert window().usage(moves).events == ((0, 2), (3, 1))


def test_a_return_of_more_than_was_used_leaves_nothing_negative() -> None:
    assert window().usage([(day(0), 1.0), (day(1), -3.0)]).events == ()


def test_days_before_the_item_came_do_not_count() -> None:
    usage = window().usage([(day(7), 2)], since=day(4))
    assert usage.days == 6  # Friday, and five of the next week
    assert usage.events == ((1, 2),)
    assert usage.dates[0] == day(4)


def test_an_item_that_comes_after_the_window_has_no_days() -> None:
    assert window().usage([(day(1), 2)], since=day(30)).days == 0


def test_days_with_an_empty_shelf_say_nothing_about_demand() -> None:
    usage = window().usage([(day(0), 2), (day(2), 1)], empty=[day(1), day(2)])
    assert usage.days == 8  # Tuesday is left out; Wednesday had use and stays
    assert usage.events == ((0, 2), (1, 1))


def test_a_window_without_working_days_is_refused() -> None:
    with pytest.raises(ValueError, match="no working day"):
        Window(SITE, THANKSGIVING, THANKSGIVING)


@given(
    st.lists(st.tuples(st.integers(0, 13), st.integers(-5, 9)), max_size=30),
    st.sets(st.integers(0, 13)),
)
def test_nothing_used_is_lost_and_nothing_is_invented(
    moves: list[tuple[int, int]], empty: set[int]
) -> None:
    dated = [(day(offset), float(quantity)) for offset, quantity in moves]
    usage = window().usage(dated, empty=[day(offset) for offset in empty])
    total = sum(quantity for _day, quantity in moves)
    assert all(quantity > 0 for _day, quantity in usage.events)
    assert max(total, 0) <= usage.total <= sum(q for _d, q in moves if q > 0)
    assert [d for d, _q in usage.events] == sorted({d for d, _q in usage.events})
    assert all(0 <= d < usage.days for d, _q in usage.events)
    assert len(usage.dates) == usage.days


def test_weeks_end_with_the_last_day() -> None:
    usage = Usage(12, ((0, 100), (2, 1), (6, 2), (7, 4), (11, 8)))
    assert usage.weeks() == [3, 12]
    assert usage.per_day() == [100, 0, 1, 0, 0, 0, 2, 4, 0, 0, 0, 8]


# --- spikes --------------------------------------------------------------------


def test_a_one_off_counts_as_the_fence() -> None:
    events = [(n, float(n % 4 + 2)) for n in range(40)] + [(45, 400.0)]
    tamed, spikes = tame_spikes(Usage(50, tuple(events)))
    # quartiles 3 and 4 (days 2, 3, 4, 5): fence max(4 + 3 * 1, 3 * 4) = 12
    assert tamed.events[-1] == (45, 12)
    assert tamed.events[:-1] == tuple(events[:-1])
    (spike,) = spikes
    assert (spike.day, spike.quantity, spike.counted) == (45, 400, 12)


def test_what_happens_every_month_is_no_spike() -> None:
    events = tuple((n, 60.0 if n % 20 == 0 else 3.0) for n in range(200))
    usage = Usage(200, events)
    assert tame_spikes(usage) == (usage, ())


def test_few_uses_have_no_outliers() -> None:
    usage = Usage(100, tuple((n, 1.0) for n in range(6)) + ((50, 90.0),))
    assert tame_spikes(usage) == (usage, ())


def test_two_among_ones_is_no_news() -> None:
    usage = Usage(100, tuple((n, 2.0 if n == 30 else 1.0) for n in range(60)))
    assert tame_spikes(usage) == (usage, ())
