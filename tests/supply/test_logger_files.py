"""Every format of a logger, by fixtures made after public descriptions.

What is expected of each file stands in data/loggers_expected.csv, worked out by hand from
the figures in the file; data/loggers/README.md says after which description it was made.
"""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loggerfile import FILES, read
from tools.supply.coldchain.clock import Clock
from tools.supply.coldchain.report import time_text

TABLE = Path(__file__).parent / "data" / "loggers_expected.csv"
with TABLE.open(encoding="utf-8", newline="") as table:
    EXPECTED = list(csv.DictReader(table))


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row["file"])
def test_a_file_says_what_it_holds(row: dict[str, str]) -> None:
    told = {"unit": row["told_unit"]} if row["told_unit"] else {}
    got = read(row["file"], **told)
    assert got.problems == []
    head, clock = got.logger.head, got.logger.head.clock
    assert (head.maker, head.unit) == (row["format"], row["unit"])
    assert ", ".join(head.columns) == row["column"]
    assert str(clock or "") == row["clock"]
    assert got.spans == row["spans"].replace(" | ", "\n")
    celsius = [
        str(one.celsius if one.low is None else f"{one.low}..{one.high}")
        for one in got.logger.readings()
    ]
    assert " ".join(celsius) == row["celsius"]
    tally = got.logger.tally
    assert time_text(tally.first, clock) == row["first"]
    assert time_text(tally.last, clock) == row["last"]


def test_every_fixture_is_expected() -> None:
    there = {path.name for path in FILES.iterdir() if path.suffix != ".md"} - {"bad"}
    assert there == {row["file"] for row in EXPECTED}


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("empty.csv", ["empty_file"]),
        ("only_blank_lines.csv", ["empty_file"]),
        ("heading_only.csv", ["no_readings"]),
        ("no_table.txt", ["no_temperature_column"]),
        ("humidity_only.csv", ["no_temperature_column"]),
        ("spreadsheet.xlsx", ["not_text"]),
        ("cut_row.csv", ["cut_row"]),
        ("cut_stamp.csv", ["bad_time"]),
        ("open_quote.csv", ["broken_quotes"]),
        ("fridge_tag_2_cut.txt", ["cut_file"]),
        ("fridge_tag_2_bad_figure.txt", ["bad_temperature"]),
        ("two_units.csv", ["two_units"]),
        ("unit_against_heading.csv", ["two_units"]),
        ("no_unit.csv", ["unit_unknown"]),
        ("celsius_named_fahrenheit.csv", ["unit_doubtful"]),
        ("fahrenheit_named_celsius.csv", ["unit_doubtful"]),
        ("one_row_in_celsius.csv", ["unit_doubtful"]),
        ("two_temperatures.csv", ["two_temperatures"]),
        ("mixed_orders.csv", ["mixed_dates"]),
        ("mixed_orders_late.csv", ["mixed_dates"]),
        ("order_unclear.csv", ["order_unclear"]),
        ("absurd.csv", ["implausible"]),
        ("word.csv", ["bad_temperature"]),
        ("two_probes.csv", ["column_unclear"]),
        ("bare_number.csv", ["column_unclear"]),
        ("two_sensors.csv", ["sensor_unclear"]),
        ("sensorpush_two_sensors.csv", ["sensor_unclear"]),
        ("lascar_two_channels.csv", ["column_unclear"]),
        ("decimal_comma_split.csv", ["extra_cells"] * 2),
        ("time_back.csv", ["time_back"]),
    ],
)
def test_what_cannot_be_read_safely_is_named(name: str, codes: list[str]) -> None:
    assert read(f"bad/{name}").problems == codes


@pytest.mark.parametrize(
    ("name", "told", "spans"),
    [
        # the question is answered, and the answer changes what is found
        ("no_unit.csv", {"unit": "C"}, ""),
        (
            "no_unit.csv",
            {"unit": "F"},
            "cold 2026-11-18 08:00:00 -  -15.28 -15.22",
        ),
        ("celsius_named_fahrenheit.csv", {"unit": "C"}, ""),
        (
            "two_probes.csv",
            {"column": "3"},
            "warm 2026-11-18 08:30:00 -  9.0 9.0",
        ),
        ("two_probes.csv", {"column": "probe 1 (°c)"}, ""),
        (
            "two_sensors.csv",
            {"sensor": "2"},
            "warm 2026-11-18 08:00:00 -  10.00 10.00",
        ),
        (
            "order_unclear.csv",
            {"day_first": True},
            "warm 2026-04-03 08:30:00 -  9.6 9.6",
        ),
        (
            "order_unclear.csv",
            {"day_first": False},
            "warm 2026-03-04 08:30:00 -  9.6 9.6",
        ),
    ],
)
def test_an_answer_is_followed(name: str, told: dict[str, object], spans: str) -> None:
    got = read(f"bad/{name}", **told)
    assert (got.problems, got.spans) == ([], spans)


def test_a_probe_is_read_and_the_air_is_named() -> None:
    head = read("air_and_probe.csv").logger.head
    assert (head.why, head.left_out) == ("the probe", ("2 Air Temp (°F)",))


def test_rows_without_a_reading_are_counted_by_their_word() -> None:
    tally = read("hobo_cp1252.csv").logger.tally
    assert (tally.nothing, tally.events) == ({"-888.88": 1}, 0)
    tally = read("hobo_fahrenheit.csv").logger.tally
    assert (tally.nothing, tally.events) == ({}, 2)


def test_a_day_without_measuring_is_no_calm_day() -> None:
    (missed,) = [day for day in read("fridge_tag_2.txt").logger.days if day.low is None]
    assert str(missed.day) == "2026-04-19"


@pytest.mark.parametrize(
    ("units", "unit", "codes"),
    [("F F", "F", []), ("°C °C", "C", []), ("F C", "", ["two_units"])],
)
def test_a_column_of_units_is_read(units: str, unit: str, codes: list[str]) -> None:
    rows = "".join(
        f"2026-11-18 08:0{number},{40 if name == 'F' else 4},{name}\n"
        for number, name in enumerate(units.split())
    )
    got = read(f"Time,Temperature,Unit\n{rows}".encode())
    assert got.problems == codes
    assert (got.logger.head.unit if got.logger else "") == unit


SPOILERS = [
    b"",
    b"\n",
    b",",
    b";",
    b'"',
    b"-",
    b"9",
    b":",
    b"\t",
    b"\xff",
    b"\x00",
    b"\r",
]


@given(st.data())
def test_a_spoiled_file_is_refused_with_a_sentence_or_read(data: st.DataObject) -> None:
    """Whatever happened to a file: no other error, and no end before its start."""
    files = sorted(path for path in FILES.rglob("*") if path.suffix != ".md")
    path = data.draw(st.sampled_from([one for one in files if one.is_file()]))
    content = bytearray(path.read_bytes())
    for _change in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(content)))
        end = place + data.draw(st.integers(0, 30))
        content[place:end] = data.draw(st.sampled_from(SPOILERS))
    got = read(bytes(content), clock=Clock.follows("America/Chicago"))
    assert got.logger or got.problems
    assert all(one.end is None or one.end > one.start for one in got.found.spans)


@pytest.mark.parametrize("rows", [1, 3])
def test_a_reading_beyond_its_own_maximum_counts(rows: int) -> None:
    body = "".join(f"2026-11-18 0{n}:00,9.0,4.0,5.0\n" for n in range(rows))
    got = read(f"Time,Temp °C,Min °C,Max °C\n{body}".encode())
    assert [(one.lowest, one.highest) for one in got.found.spans] == [(4, 9)]
