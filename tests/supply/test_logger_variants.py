"""Spellings that programs and spreadsheets give a logger's file, one change at a time.

A table of four readings, of which the second is too warm, is written in other ways; each
must give the same span, or be asked about. None of them may be read as something else.
"""

from datetime import datetime

import pytest
from loggerfile import read
from tools.supply.coldchain.report import time_text

MORNING = (
    "2026-11-18 08:00",
    "2026-11-18 08:30",
    "2026-11-18 09:00",
    "2026-11-18 09:30",
)
FAHRENHEIT = ("40.1", "47.3", "40.1", "39.2")
CELSIUS = ("4.5", "8.5", "4.5", "4.0")


def table(heading: str, cells: tuple[str, ...] = CELSIUS, times=MORNING) -> str:
    rows = (f"{at},{cell}" for at, cell in zip(times, cells, strict=True))
    return "\n".join((f"Time,{heading}", *rows)) + "\n"


def warm(text: str | bytes) -> str:
    """Its spans; or the problems, if there are any."""
    data = text if isinstance(text, bytes) else text.encode()
    got = read(data)
    return ", ".join(got.problems) or got.spans


@pytest.mark.parametrize(
    "heading",
    [
        "Temp (Fahrenheit)", "Temp degrees F", "Temp [Deg. F]", "Temp ℉", "temp_degF",
        "TEMP(F°)", "Temp * F", '"Temp, *F"', "Temp &deg;F", "Temp ^oF", "Temp(oF)",
        "Temp [° F]", "Temp-F", "tempFahrenheit", "Temperature in F", "Temp ?F",
        "Temp ï¿½F", "Temp \ufffdF", "Temp ºF", "temperatureF",
    ],
)  # fmt: skip
def test_fahrenheit_however_it_is_spelled(heading: str) -> None:
    assert warm(table(heading, FAHRENHEIT)) == (
        "warm 2026-11-18 08:30:00 - 2026-11-18 09:00:00 8.50 8.50"
    )


@pytest.mark.parametrize("page", ["cp437", "cp850", "mac_roman", "utf-16", "utf-16-le"])
def test_celsius_in_other_code_pages(page: str) -> None:
    assert warm(table("Temp °C").encode(page)) == (
        "warm 2026-11-18 08:30:00 - 2026-11-18 09:00:00 8.5 8.5"
    )


@pytest.mark.parametrize(
    "heading", ["Temp (°C/°F)", "Temp C or F", "Temp (C/F)", "Temp | °F|°C", "Temp (K)"]
)
def test_a_heading_that_leaves_the_unit_open_is_asked_about(heading: str) -> None:
    assert warm(table(heading)) == "unit_unknown"


def test_a_unit_in_the_row_below_the_heading_counts() -> None:
    text = table("Temp").replace("\n", "\n,°C\n", 1)
    assert warm(text) == "warm 2026-11-18 08:30:00 - 2026-11-18 09:00:00 8.5 8.5"


@pytest.mark.parametrize(
    "word",
    ["NC", "n.c.", "#N/A", "ERR", "Err 1", "Error-07", "Sensor Fault", "missing", "--"],
)
def test_a_word_for_nothing_is_counted(word: str) -> None:
    got = read(table("Temp °C", ("4.5", "8.5", "4.5", word)).encode())
    assert got.problems == []
    assert got.logger.tally.nothing == {word: 1}


@pytest.mark.parametrize("word", ["HI", "Lo", "high", ">100", "OL", "4.5.1", "four"])
def test_a_word_for_beyond_the_range_is_no_calm_time(word: str) -> None:
    assert warm(table("Temp °C", ("4.5", "8.5", word, "4.0"))) == "bad_temperature"


@pytest.mark.parametrize(
    ("stamps", "span"),
    [
        (
            (
                "2026-11-18T08:00:00-06",
                "2026-11-18T08:30:00-06",
                "2026-11-18T09:00:00-06",
            ),
            "2026-11-18 08:30:00-06:00 - 2026-11-18 09:00:00-06:00",
        ),
        (
            ("18-Nov-26 8:00 AM", "18-Nov-26 8:30 AM", "18-Nov-26 9:00 AM"),
            "2026-11-18 08:30:00 - 2026-11-18 09:00:00",
        ),
        (  # people write the later number last
            ("18/11/26 08:00", "18/11/26 08:30", "18/11/26 09:00"),
            "2026-11-18 08:30:00 - 2026-11-18 09:00:00",
        ),
        (  # the days follow each other if the year stands first
            ("26/11/18 23:30", "26/11/19 00:00", "26/11/19 00:30"),
            "2026-11-19 00:00:00 - 2026-11-19 00:30:00",
        ),
        (
            ("18/11/26 23:30", "19/11/26 00:00", "19/11/26 00:30"),
            "2026-11-19 00:00:00 - 2026-11-19 00:30:00",
        ),
        (
            ("26-11-30 23:30", "26-12-01 00:00", "26-12-01 00:30"),
            "2026-12-01 00:00:00 - 2026-12-01 00:30:00",
        ),
        (
            ("11/18/2026 11:30 AM", "11/18/2026 12:30 PM", "11/18/2026 1:00 PM"),
            "2026-11-18 12:30:00 - 2026-11-18 13:00:00",
        ),
    ],
)
def test_stamps_of_other_forms(stamps: tuple[str, ...], span: str) -> None:
    assert warm(table("Temp °C", CELSIUS[:3], stamps)) == f"warm {span} 8.5 8.5"


def test_a_year_that_can_stand_first_or_last_is_asked_about() -> None:
    stamps = ("26/11/18 08:00", "26/11/18 08:30", "26/11/18 09:00")
    assert warm(table("Temp °C", CELSIUS[:3], stamps)) == "year_unclear"


@pytest.mark.parametrize("is_newest_first", [False, True])
def test_twelve_hours_without_am_and_pm_are_asked_about(is_newest_first: bool) -> None:
    stamps = [f"11/18/2026 {hour:02}:00" for hour in (10, 11, 12, 1, 2, 3)]
    cells = ["4.5", "4.5", "8.5", "8.5", "4.5", "4.5"]
    if is_newest_first:
        stamps, cells = stamps[::-1], cells[::-1]
    assert "no_half" in read(table("Temp °C", tuple(cells), stamps).encode()).problems


def test_a_column_of_zones_sets_the_clock() -> None:
    rows = [
        f"{at},America/Denver,{cell}" for at, cell in zip(MORNING, CELSIUS, strict=True)
    ]
    got = read("\n".join(("Time,Time Zone,Temp °C", *rows)).encode())
    assert str(got.logger.head.clock) == "America/Denver"
    first = time_text(got.logger.tally.first, got.logger.head.clock)
    assert datetime.fromisoformat(first).utcoffset().total_seconds() == -7 * 3600


def test_a_column_of_abbreviations_sets_none() -> None:
    """They change with the season, and the rows after the first ones are not seen."""
    rows = [f"{at},CST,{cell}" for at, cell in zip(MORNING, CELSIUS, strict=True)]
    got = read("\n".join(("Time,Time Zone,Temp °C", *rows)).encode())
    assert got.logger.head.clock is None
