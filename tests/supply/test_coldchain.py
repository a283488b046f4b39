"""Storage units: ranges with their source, excursions, gaps, logger files."""

from datetime import date, datetime, timedelta
from decimal import Decimal as D

import pytest
from tools.supply.coldchain import (
    Reading,
    excursions,
    gaps,
    mean_kinetic,
    summary,
    to_celsius,
)
from tools.supply.coldchain.logger import read_logger
from tools.supply.coldchain.ranges import storage_range, storage_ranges

START = datetime(2026, 11, 24, 8)


def readings(*celsius: str, minutes: int = 30) -> list[Reading]:
    return [
        Reading(START + timedelta(minutes=minutes * n), D(value))
        for n, value in enumerate(celsius)
    ]


def test_the_refrigerator_of_the_cdc() -> None:
    found = storage_range("refrigerator", date(2026, 11, 24))
    assert (found.low, found.high, found.verified) == (D("2.0"), D("8.0"), True)
    assert all(found.citation for found in storage_ranges())


def test_no_range_for_an_unknown_kind_or_an_earlier_day() -> None:
    with pytest.raises(LookupError):
        storage_range("cupboard", date(2026, 11, 24))
    with pytest.raises(LookupError):
        storage_range("refrigerator", date(1990, 1, 1))


def test_the_limits_themselves_are_allowed() -> None:
    assert not excursions(readings("2.0", "8.0"), D(2), D(8))


def test_an_excursion_ends_with_the_first_reading_inside() -> None:
    (one,) = excursions(readings("5", "8.1", "9.4", "7"), D(2), D(8))
    assert (one.kind, one.worst, one.readings) == ("warm", D("9.4"), 2)
    assert one.duration == timedelta(hours=1)


def test_from_warm_to_cold_are_two_excursions() -> None:
    found = excursions(readings("9", "1", "1"), D(2), D(8))
    assert [(one.kind, one.end is None) for one in found] == [
        ("warm", False),
        ("cold", True),
    ]


def test_a_gap_is_much_longer_than_usual() -> None:
    rows = [*readings("5", "5", "5"), Reading(START + timedelta(hours=5), D(5))]
    (gap,) = gaps(rows)
    assert gap.end - gap.start == timedelta(hours=4)


def test_the_mean_kinetic_temperature_lies_above_the_mean() -> None:
    assert mean_kinetic(readings("5", "5", "5")) == D("5.0")
    rows = readings("2", "20", "2")
    assert mean_kinetic(rows) > summary(rows, D(2), D(8)).mean


def test_readings_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="order"):
        summary(list(reversed(readings("5", "5"))), D(2), D(8))


@pytest.mark.parametrize(
    ("f", "c"), [("32", "0.00"), ("46", "7.78"), ("-58", "-50.00")]
)
def test_fahrenheit(f: str, c: str) -> None:
    assert to_celsius(D(f)) == D(c)


@pytest.mark.parametrize(
    "content",
    [
        "Date/Time,Temp (°C)\n2026-11-24 08:00,4.5\n2026-11-24 08:30,5.0\n",
        "Serial: 77\n\nDate;Time;Celsius(°C)\n24.11.2026;08:00;4,5\n24.11.2026;08:30;5,0\n",
        "Time,Temp °F\n2026-11-24 08:00,40.1\n2026-11-24 08:30,41.0\n",
        "Date/Time,Temp (°C)\n2026-11-24 08:30,5.0\n2026-11-24 08:00,4.5\n",  # newest first
    ],
)
def test_layouts_of_loggers(content: str) -> None:
    found = read_logger(content.encode())
    assert [r.celsius for r in found.readings] == [D("4.5"), D("5.0")]
    assert not found.errors


def test_rows_that_are_no_reading_are_named() -> None:
    found = read_logger(
        b"Time,Temp (C)\n2026-11-24 08:00,4.5\n2026-11-24 08:30,probe off\n2026-11-24 09:00,99\n"
    )
    assert len(found.readings) == 1
    assert [problem.row for problem in found.errors] == [3, 4]


def test_a_file_without_temperatures_is_refused() -> None:
    assert read_logger(b"Name,Age\nAnn,44\n").errors
    assert read_logger(b"").errors
