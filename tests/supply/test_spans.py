"""Spans outside the limits: by their rule, whatever the order in which readings come."""

from datetime import date, datetime, timedelta
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loggerfile import read
from tools.supply.coldchain.days import Alarm, Day, day_spans, with_days
from tools.supply.coldchain.judge import doubt_of_value
from tools.supply.coldchain.reading import Reading
from tools.supply.coldchain.spans import (
    COLD,
    WARM,
    OutOfOrder,
    Rule,
    Span,
    SpanFinder,
    merged,
    spans,
)

START = datetime(2026, 11, 18, 8)
STEP = timedelta(minutes=30)
RULE = Rule.of_interval(STEP)


def at(number: float) -> datetime:
    return START + STEP * number


def rows(*celsius: str) -> list[Reading]:
    """Readings half an hour apart; "-" is none, "1..9" a minimum and a maximum."""
    found = []
    for number, text in enumerate(celsius):
        if ".." in text:
            low, high = map(D, text.split(".."))
            found.append(Reading(at(number), low, low, high))
        elif text != "-":
            found.append(Reading(at(number), D(text)))
    return found


def found(readings: list[Reading]) -> list[str]:
    """Spans as "kind start-end lowest highest", times as numbers of the step."""

    def number(moment: datetime | None) -> str:
        return "?" if moment is None else f"{(moment - START) / STEP:g}"

    return [
        f"{one.kind} {number(one.start)}-{number(one.end)} {one.lowest} {one.highest}"
        for one in spans(readings, D(2), D(8), RULE)
    ]


@pytest.mark.parametrize(
    ("celsius", "expected"),
    [
        ("5 8 2 5", []),  # the limits are allowed
        ("5 9 10 7 5", ["warm 1-3 9 10"]),
        ("5 9 7 15 15 5", ["warm 1-2 9 9", "warm 3-5 15 15"]),  # two, not one
        ("9 9", ["warm 0-? 9 9"]),
        ("5 9 1 5", ["warm 1-2 9 9", "cold 2-3 1 1"]),
        ("5 9 - - 9 5", ["warm 1-5 9 9"]),  # 90 minutes: three steps are no gap
        ("5 9 - - - 9 5", ["warm 1-? 9 9", "warm 5-6 9 9"]),
        ("5 9 - - - 5", ["warm 1-? 9 9"]),
        ("5 3..9 5", ["warm 1-2 3 9"]),
        ("5 1..9 1..9 5", ["cold 1-3 1 9", "warm 1-3 1 9"]),
        ("5 1..9 3..9 5", ["cold 1-2 1 9", "warm 1-3 1 9"]),
    ],
)
def test_each_span_is_one_excursion(celsius: str, expected: list[str]) -> None:
    assert found(rows(*celsius.split())) == expected


def test_the_neighbors_bound_the_truth() -> None:
    (one,) = spans(rows("5", "9", "9", "5"), D(2), D(8), RULE)
    assert (one.before, one.start, one.last, one.end) == (at(0), at(1), at(2), at(3))
    first, second = spans(rows("9", "-", "-", "-", "9"), D(2), D(8), RULE)
    assert (first.before, first.end, first.after) == (None, None, at(4))
    assert (second.before, second.after) == (None, None)


def test_an_end_in_the_next_file_is_set_when_it_arrives() -> None:
    this, following = rows("5", "9", "9"), [Reading(at(3), D(5))]
    assert found(this) == ["warm 1-? 9 9"]
    assert found(this + following) == found(following + this) == ["warm 1-3 9 9"]


def test_an_older_file_read_later_moves_the_start_back() -> None:
    later, older = (
        [Reading(at(4), D(10)), Reading(at(5), D(5))],
        rows("5", "9", "9", "9"),
    )
    assert found(later + older) == ["warm 1-5 9 10"]


def test_what_contradicts_is_named_and_both_count() -> None:
    readings = [*rows("5", "5", "5"), Reading(at(1), D(9))]
    _kept, conflicts = merged(readings)
    assert [(one.at, one.celsius) for one in conflicts] == [(at(1), (D(5), D(9)))]
    assert found(readings) == ["warm 1-2 5 9"]


def test_a_finder_takes_no_time_twice() -> None:
    finder = SpanFinder(D(2), D(8), RULE)
    finder.add(at(1), D(5), D(5))
    with pytest.raises(OutOfOrder):
        finder.add(at(1), D(5), D(5))


# ---------------------------------------------------------------------------- invariants

TEMPERATURES = st.sampled_from(
    [D("0"), D("1.9"), D("2"), D("5"), D("8"), D("8.1"), D("15")]
)


@st.composite
def readings_of_a_day(draw: st.DrawFn) -> list[Reading]:
    numbers = draw(st.lists(st.integers(0, 48), max_size=30))
    made = []
    for number in numbers:
        low, high = sorted(draw(st.tuples(TEMPERATURES, TEMPERATURES)))
        plain = draw(st.booleans())
        made.append(
            Reading(at(number), low) if plain else Reading(at(number), low, low, high)
        )
    return made


@given(readings_of_a_day(), st.randoms(use_true_random=False), st.integers(0, 30))
def test_the_result_depends_on_the_readings_alone(
    readings: list[Reading], chance: st.DataObject, cut: int
) -> None:
    """Not on the order, on the split into files, or on files that are read twice."""
    expected = spans(readings, D(2), D(8), RULE)
    parts = [readings[:cut], readings[cut:], readings[cut // 2 : cut]]
    chance.shuffle(parts)
    mixed = [reading for part in parts for reading in part]
    assert spans(mixed, D(2), D(8), RULE) == expected
    chance.shuffle(mixed)
    assert spans(mixed, D(2), D(8), RULE) == expected
    # without a rule the usual interval is that of the same readings
    assert spans(mixed, D(2), D(8)) == spans(readings, D(2), D(8))


@given(readings_of_a_day())
def test_every_reading_outside_lies_in_one_span_and_none_inside_does(
    readings: list[Reading],
) -> None:
    kept, _conflicts = merged(readings)
    result = spans(readings, D(2), D(8), RULE)
    for kind in (WARM, COLD):
        side = [one for one in result if one.kind == kind]
        for reading in kept:
            outside = reading.highest > 8 if kind == WARM else reading.lowest < 2
            around = [one for one in side if one.start <= reading.at <= one.last]
            assert len(around) == outside
        assert sum(one.readings for one in side) == sum(
            reading.highest > 8 if kind == WARM else reading.lowest < 2
            for reading in kept
        )


@given(readings_of_a_day())
def test_no_end_lies_before_its_start(readings: list[Reading]) -> None:
    for one in spans(readings, D(2), D(8), RULE):
        ends = [moment for moment in (one.end, one.after) if moment]
        assert all(one.start <= one.last < moment for moment in ends)
        assert one.before is None or one.before < one.start
        assert (one.end is None) or one.end - one.last <= RULE.gap


@given(readings_of_a_day())
def test_spans_of_a_file_are_those_of_its_readings(readings: list[Reading]) -> None:
    """The reader's stream finds what ``spans`` finds in the readings."""
    kept, conflicts = merged(one._replace(low=None, high=None) for one in readings)
    if conflicts or not kept:
        return
    body = "".join(f"{one.at},{one.celsius}\n" for one in kept)
    got = read(f"Time,Temp C\n{body}".encode(), unit="C")
    assert got.problems == []
    assert got.found.spans == spans(kept, D(2), D(8))


# ----------------------------------------------------------------------- days, one value


def day(low: str, high: str, number: int = 18, minutes: int = 0) -> Day:
    when = date(2026, 11, number)
    moment = datetime(2026, 11, number, 15)
    alarms = (Alarm(WARM, D(8), minutes, None),)
    return Day(when, D(low), moment, D(high), moment + STEP, alarms)


def test_a_summary_proves_a_moment_and_no_end() -> None:
    (one,) = day_spans([day("3", "9.5", minutes=40)], D(2), D(8))
    assert (one.kind, one.start, one.end) == (
        WARM,
        datetime(2026, 11, 18, 15, 30),
        None,
    )
    assert (one.before, one.after) == (datetime(2026, 11, 18), datetime(2026, 11, 19))
    assert one.note == "daily summary; 40 min above the device's limit 8 °C"


@pytest.mark.parametrize(
    ("minutes", "limit", "count"),
    [
        (1439, "8", 2),
        (1440, "8", 1),
        (1440, "7", 2),  # the device's limit is inside ours: nothing is proven
    ],
)
def test_days_are_one_span_only_if_one_was_outside_throughout(
    minutes: int, limit: str, count: int
) -> None:
    first, second = day("9", "12", 18), day("3", "9", 19)
    alarms = (Alarm(WARM, D(limit), minutes, None),)
    first = Day(*(getattr(first, n) for n in list(Day.__slots__)[:5]), alarms)
    assert len(day_spans([second, first], D(2), D(8))) == count


def test_an_extreme_between_two_readings_belongs_to_their_span() -> None:
    span = Span(WARM, at(1), at(1), at(2), D(9), D(9), 1, at(0), at(2))
    inside = Span(WARM, at(1.5), at(1.5), None, D(3), D(11), 0, at(0), at(40))
    apart = Span(WARM, at(9), at(9), None, D(3), D("8.5"), 0, at(0), at(40))
    both = with_days([span], [inside, apart])
    assert [(one.start, one.highest) for one in both] == [
        (at(1), 11),
        (at(9), D("8.5")),
    ]


@pytest.mark.parametrize(
    ("celsius", "unit", "asked"),
    [
        ("-15.28", "F", True),  # 4.5 typed where °F is asked for
        ("9.00", "F", False),  # 48.2 °F: a true excursion
        ("-1.00", "F", False),  # 30.2 °F
        ("41", "C", True),  # 41 typed where °C is asked for
        ("15", "C", False),
        ("5", "C", False),
    ],
)
def test_a_typed_value_that_fits_the_other_unit_is_asked_about(
    celsius: str, unit: str, asked: bool
) -> None:
    assert bool(doubt_of_value(D(celsius), unit, D(2), D(8))) is asked


def test_a_true_warming_raises_no_doubt() -> None:
    """Hours in a hot room pass 36 to 46 °C, but not from one reading to the next."""
    values = ["5", "12", "20", "28", "35", "41", "30", "20", "6"]
    content = "Time,Temp C\n" + "".join(
        f"{at(number)},{value}\n" for number, value in enumerate(values)
    )
    assert read(content.encode()).problems == []
