"""Times on a logger's clock: stamps, day or month first, zone, daylight saving."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loggerfile import read
from tools.supply.coldchain.clock import Clock, Correction, MissingTime
from tools.supply.coldchain.stamps import DateOrder, Evidence, parse_stamp

CHICAGO = Clock.follows("America/Chicago")
STANDARD = Clock.fixed(timedelta(hours=-6))


@pytest.mark.parametrize(
    ("stamp", "said"),
    [
        ("03/04/2026 12:30 AM", "2026-03-04 00:30:00"),
        ("03/04/26 12:30 pm", "2026-03-04 12:30:00"),
        ("03/04/2026 08:30:15 a.m.", "2026-03-04 08:30:15"),
        ("3/4/2026, 8:30:15\u202fAM", "2026-03-04 08:30:15"),  # narrow blank
        ("4-Mar-2026 08:30", "2026-03-04 08:30:00"),
        ("2026 Mar 04 08:30:00", "2026-03-04 08:30:00"),
        ("Mar 4, 2026 8:30 AM", "2026-03-04 08:30:00"),
        ("2026-03-04T08:30:15", "2026-03-04 08:30:15"),
        ("2026-03-04 0:05", "2026-03-04 00:05:00"),  # as Excel saves it
        ("2026-03-04T08:30:15.720Z", "2026-03-04 08:30:15 +0:00:00"),
        ("2026-03-04 08:30:15+01:00", "2026-03-04 08:30:15 +1:00:00"),
        ("2026-03-04 08:30 -0500", "2026-03-04 08:30:00 -5:00:00"),
        ("2026-03-04 08:30 CST", "2026-03-04 08:30:00 -6:00:00"),
        ("03/04/2026 13:30 PM", "None"),
        ("02/30/2026 08:30", "None"),
        ("2026-03-04", "None"),
        ("2026-03-04 25:00", "None"),
        ("4.5 12:00", "None"),
        ("yesterday", "None"),
    ],
)
def test_stamps(stamp: str, said: str) -> None:
    found = parse_stamp(stamp, DateOrder.MONTH_FIRST)
    if found is None:
        assert said == "None"
        return
    offset = found.offset
    hours = "" if offset is None else f" {offset.total_seconds() / 3600:+.0f}:00:00"
    assert f"{found.at}{hours}" == said


@pytest.mark.parametrize(
    ("stamps", "order"),
    [
        (["03/14/2026 08:00"], DateOrder.MONTH_FIRST),
        (["14/03/2026 08:00"], DateOrder.DAY_FIRST),
        (["03.04.2026 08:00"], DateOrder.DAY_FIRST),  # points
        (["2026-03-04 08:00"], DateOrder.PLAIN),
        (["4-Mar-2026 08:00"], DateOrder.PLAIN),
        (["03/04/2026 08:00"], None),
        (["03/04/2026 23:30", "03/05/2026 00:00"], DateOrder.MONTH_FIRST),
        (["03/04/2026 23:30", "04/04/2026 00:00"], DateOrder.DAY_FIRST),
        (
            ["03/05/2026 00:00", "03/04/2026 23:30"],
            DateOrder.MONTH_FIRST,
        ),  # newest first
        (["03/03/2026 08:00", "03/03/2026 09:00"], None),
        (["03/14/2026 08:00", "15/03/2026 08:00"], None),  # contradict each other
    ],
)
def test_which_number_is_the_month(stamps: list[str], order: DateOrder | None) -> None:
    evidence = Evidence()
    for stamp in stamps:
        evidence.see(stamp)
    assert evidence.order is order
    assert evidence.mixed is (len(evidence.reasons) == 2)


@pytest.mark.parametrize(
    ("heading", "clock", "row", "first"),
    [
        # AM and PM with Fahrenheit, or on an American clock, is the US: month first
        ("Time,Temp °F", "", "03/04/2026 8:00 AM,40", "2026-03-04 08:00:00"),
        (
            '"Date Time, GMT-05:00",Temp °C',
            "",
            "03/04/26 08:00:00 AM,4",
            "2026-03-04 13:00:00",
        ),
    ],
)
def test_what_a_us_file_shows(heading: str, clock: str, row: str, first: str) -> None:
    got = read(f"{heading}\n{row}\n".encode())
    assert str(got.logger.tally.first) == first


@pytest.mark.parametrize(
    "content",
    [
        "Time,Temp °C\n03/04/2026 8:00 AM,4\n",  # AM is written elsewhere as well
        "Time,Temp °F\n03/04/2026 08:00,40\n",
        '"Date Time, GMT+02:00",Temp °C\n03/04/26 08:00:00 AM,4\n',
    ],
)
def test_what_nothing_shows_is_asked(content: str) -> None:
    assert read(content.encode()).problems == ["order_unclear"]


# ----------------------------------------------------------------------------- the clock


def test_a_clock_that_follows_the_site() -> None:
    assert CHICAGO.utc(datetime(2026, 1, 5, 8)) == datetime(2026, 1, 5, 14)
    assert CHICAGO.utc(datetime(2026, 7, 5, 8)) == datetime(2026, 7, 5, 13)
    with pytest.raises(MissingTime):
        CHICAGO.utc(datetime(2026, 3, 8, 2, 30))


def test_an_hour_that_comes_twice_is_told_apart_by_what_was_before() -> None:
    half_past = datetime(2026, 11, 1, 1, 30)
    assert CHICAGO.twice(half_past)
    assert CHICAGO.utc(half_past) == datetime(2026, 11, 1, 6, 30)
    later = CHICAGO.utc(half_past, datetime(2026, 11, 1, 6, 45))
    assert later == datetime(2026, 11, 1, 7, 30)


def test_a_logger_on_standard_time_is_an_hour_beside_the_wall_in_summer() -> None:
    at = STANDARD.utc(datetime(2026, 7, 5, 8))
    assert at == datetime(2026, 7, 5, 14)
    assert str(CHICAGO.local(at)) == "2026-07-05 09:00:00-05:00"


def test_a_clock_found_wrong_is_corrected_from_then_on() -> None:
    since = datetime(2026, 11, 20)
    clock = Clock.fixed(timedelta(hours=-6), Correction(since, timedelta(minutes=-10)))
    assert clock.utc(datetime(2026, 11, 19, 23, 59)) == datetime(2026, 11, 20, 5, 59)
    assert clock.utc(since) == datetime(2026, 11, 20, 5, 50)
    # what spans the day is not one steady offset
    assert clock.steady(datetime(2026, 11, 19), datetime(2026, 11, 21)) is None
    assert clock.steady(since, since) == timedelta(hours=6, minutes=-10)


def test_an_unknown_zone_is_said() -> None:
    with pytest.raises(LookupError):
        Clock.follows("America/Nowhere")


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)),
    st.timedeltas(timedelta(0), timedelta(days=40)),
)
def test_a_steady_stretch_is_as_each_time_by_itself(
    first: datetime, length: timedelta
) -> None:
    add = CHICAGO.steady(first, first + length)
    if add is not None:
        for part in range(5):
            stamp = first + length * part / 4
            assert CHICAGO.utc(stamp) == stamp + add


# --------------------------------------------------------------------- nights of change


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("spring_on_standard_time.csv", ["missing_time", "missing_time"]),
        ("autumn_on_standard_time.csv", ["not_turned_back"]),
    ],
)
def test_a_logger_on_standard_time_shows_itself(name: str, codes: list[str]) -> None:
    assert read(f"bad/{name}", clock=CHICAGO).problems == codes
    assert read(f"bad/{name}", clock=STANDARD).problems == []


def night(*times: str) -> bytes:
    rows = [f"2026-11-01 {time},{5 + n / 10}" for n, time in enumerate(times)]
    return ("Time,Temp °C\n" + "\n".join(rows) + "\n").encode()


@pytest.mark.parametrize("newest_first", [False, True])
def test_the_hour_that_comes_twice_keeps_all_its_readings(newest_first: bool) -> None:
    times = ["00:30", "01:00", "01:30", "01:00", "01:30", "02:00"]
    got = read(night(*(times[::-1] if newest_first else times)), clock=CHICAGO)
    assert got.problems == []
    at = sorted(one.at for one in got.logger.readings())
    steps = {later - earlier for earlier, later in pairwise(at)}
    assert (len(at), steps) == (6, {timedelta(minutes=30)})


def test_a_gap_in_the_night_is_a_gap() -> None:
    got = read(night("00:30", "01:00", "05:00", "05:30"), clock=CHICAGO)
    assert (got.problems, len(got.found.gaps)) == ([], 1)


def test_what_the_file_says_of_its_clock_goes_before_the_default() -> None:
    heading = b'"Date Time, GMT-07:00",Temp C\n2026-11-18 08:00,4\n'
    assert str(read(heading, clock=CHICAGO).logger.head.clock) == "-07:00"
    told = read(heading, clock=CHICAGO, clock_wins=True).logger
    assert (str(told.head.clock), told.head.clock_from) == ("America/Chicago", "chosen")


def test_a_windows_zone_name_is_of_summer_too() -> None:
    rows = b"Zone: (UTC-06:00) Central Time\nTime,Temp C\n2026-07-18 08:00,4\n"
    assert str(read(rows).logger.head.clock) == "America/Chicago"


def test_the_clock_of_another_column_is_not_that_of_the_time_read() -> None:
    rows = b"Time (local),Temp C,UTC time\n2026-11-18 08:00,4,2026-11-18 14:00\n"
    assert read(rows).logger.head.clock is None
