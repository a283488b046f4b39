"""Files of data loggers: many layouts in, readings and problems out."""

from decimal import Decimal as D

import pytest
from tools.supply.coldchain.judge import judge
from tools.supply.coldchain.logger import LOGGER_TEXTS, read_logger
from tools.supply.coldchain.reader import open_logger


@pytest.mark.parametrize(
    ("content", "celsius"),
    [
        # one column for date and time, unit in the heading
        ("Date Time,Temp (°C)\n2026-11-24 08:00,4.5\n2026-11-24 08:30,5\n", "4.5 5"),
        # two columns, Fahrenheit
        ("Date,Time,Temp °F\n11/24/2026,8:00 AM,41\n11/24/2026,8:30 AM,50\n", "5 10"),
        # semicolon and decimal comma
        ("Time;Celsius(°C)\n24.11.2026 08:00;4,5\n24.11.2026 08:30;5,5\n", "4.5 5.5"),
        # a preamble, an extra column, the unit in the cell
        (
            "Serial,123\n\nNo,Date Time,Temperature\n1,2026-11-24 08:00,4.5 °C\n"
            "2,2026-11-24 08:30,4.7 °C\n",
            "4.5 4.7",
        ),
        # newest first
        ("Date Time,Temp (°C)\n2026-11-24 08:30,5\n2026-11-24 08:00,4\n", "4 5"),
    ],
)
def test_layouts(content: str, celsius: str) -> None:
    found = read_logger(content.encode())
    assert not found.errors
    assert [one.celsius for one in found.readings] == [D(x) for x in celsius.split()]


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ("2026-11-24 08:00,4\n2026-11-24 08:30,off\n", ["bad_temperature"]),
        ("2026-11-24 08:00,4\n2026-13-24 08:30,5\n", ["bad_time"]),
        ("2026-11-24 08:00,4\n2026-11-24 08:30,99\n", ["implausible"]),
        ("2026-11-24 08:00,4\n2026-11-24 08:00,6\n", ["two_temperatures"]),
        (
            "2026-11-24 08:00,4\n2026-11-24 09:00,5\n2026-11-24 08:50,5\n"
            "2026-11-24 09:50,5\n",
            ["time_back"],
        ),
    ],
)
def test_bad_rows_are_named_and_the_others_kept(rows: str, codes: list[str]) -> None:
    found = read_logger(("Date Time,Temp (°C)\n" + rows).encode())
    assert [error.code for error in found.errors] == codes
    assert found.readings
    for error in found.errors:
        assert error.row > 1
        assert error.english(LOGGER_TEXTS).startswith(f"Row {error.row}")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"hello\n", "no_temperature_column"),
        (b"Date Time,Temp\n2026-11-24 08:00,4.5\n", "unit_unknown"),
    ],
)
def test_files_that_are_refused(data: bytes, code: str) -> None:
    found = read_logger(data)
    assert [error.code for error in found.errors] == [code]
    assert not found.readings


def test_a_repeated_row_counts_once() -> None:
    row = "2026-11-24 08:00,4\n"
    found = read_logger(("Date Time,Temp (°C)\n" + 2 * row).encode())
    assert (len(found.readings), found.repeated) == (1, 1)


FREEZER = (D(-50), D(-15))


@pytest.mark.parametrize(
    ("values", "limits", "doubted"),
    [
        # a freezer that warms up: -14.9 °C would be inside as Fahrenheit, too
        ("-20 -16 -14.9 -12 -10 -8 -6 -5", FREEZER, False),
        # one reading of a freezer in Fahrenheit (-4 °F is -20 °C) among Celsius
        ("-20 -20 -4 -20 -20", FREEZER, True),
        ("-4 -3 -4 -5", FREEZER, True),  # all of them
        ("5 5 41 5", (D(2), D(8)), True),
        ("5 7.9 8.4 12 20 36 38", (D(2), D(8)), False),  # a failure, all the way up
    ],
)
def test_the_unit_is_doubted_only_if_the_other_one_explains_the_step(
    values: str, limits: tuple[D, D], doubted: bool
) -> None:
    rows = "".join(
        f"2026-11-24 {hour:02}:00,{value}\n"
        for hour, value in enumerate(values.split())
    )
    logger = open_logger(("Date Time,Temp (°C)\n" + rows).encode())
    found = judge(logger, *limits)
    assert bool(found.doubt) is doubted
