"""bin/read-logger: an administrator's dry run, with plain Python."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from loggerfile import FILES

PROGRAM = Path(__file__).resolve().parents[2] / "bin" / "read-logger"


def run(*arguments: str) -> subprocess.CompletedProcess:
    """Run the program as an administrator would, without our packages."""
    command = [sys.executable, "-I", str(PROGRAM), *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def said(output: str) -> dict[str, str]:
    """The lines "name: value" before the table."""
    lines = output.partition("\nstart,end,")[0].splitlines()
    return dict(line.split(": ", 1) for line in lines if not line.startswith("gap: "))


def spans(output: str) -> list[dict[str, str]]:
    """The table at the end."""
    table = output[output.index("start,end,") :]
    return list(csv.DictReader(table.splitlines()))


def test_a_file_is_told_line_by_line() -> None:
    done = run(str(FILES / "hobo_fahrenheit.csv"))
    assert (done.returncode, done.stderr) == (0, "")
    lines = said(done.stdout)
    assert lines["unit"] == "F"
    assert lines["clock"] == "-05:00"
    assert lines["readings"] == "7"
    assert lines["first"] == "2026-11-18 08:00:00-05:00"
    assert lines["last"] == "2026-11-18 13:00:00-05:00"
    assert lines["spans"] == "2"
    assert "LBL: Glycol" in lines["column"]
    rows = spans(done.stdout)
    assert [(row["start"][11:16], row["end"][11:16]) for row in rows] == [
        ("08:30", "09:30"),
        ("12:30", "13:00"),
    ]
    assert [(row["lowest"], row["highest"]) for row in rows] == [
        ("8.50", "9.00"),
        ("15.00", "15.00"),
    ]


def test_the_limits_are_those_of_the_command_line() -> None:
    done = run(str(FILES / "newest_first.csv"), "--low", "-50", "--high", "-15")
    assert len(spans(done.stdout)) == 1
    assert spans(done.stdout)[0]["lowest"] == "4.50"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("cut_row.csv", "Row 4, Temp °C: The row ends before its temperature."),
        ("two_units.csv", "Temperature: The file names two units"),
        ("absurd.csv", "Row 3, Temp °C: 451 is not a storage unit's temperature."),
        ("empty.csv", "The file is empty."),
        ("celsius_named_fahrenheit.csv", "4.5 is far outside as °F"),
        ("missing.csv", "No such file or directory"),
    ],
)
def test_what_cannot_be_read_safely_ends_with_a_sentence(
    name: str, sentence: str
) -> None:
    done = run(str(FILES / "bad" / name))
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_answers_are_options() -> None:
    bad = FILES / "bad"
    assert run(str(bad / "no_unit.csv"), "--unit", "C").returncode == 0
    assert run(str(bad / "two_probes.csv"), "--column", "3").returncode == 0
    assert run(str(bad / "two_sensors.csv"), "--sensor", "1").returncode == 0
    assert run(str(bad / "order_unclear.csv"), "--day-first").returncode == 0
    assert run(str(bad / "word.csv"), "--leave-out").returncode == 0
    spring = str(bad / "spring_on_standard_time.csv")
    assert run(spring, "--zone", "America/Chicago", "--leave-out").returncode == 1
    assert run(spring, "--offset=-06:00").returncode == 0
    assert "no time zone" in run(spring, "--zone", "America/Nowhere").stderr.lower()


def test_a_wrong_clock_is_corrected_from_a_day_on() -> None:
    done = run(
        str(FILES / "newest_first.csv"),
        "--offset=-06:00",
        "--shift=2026-11-18T10:00=-60",
        "--gap=120",
    )
    # 10:00 on the logger was 9:00: twice 9:00, with two temperatures
    assert done.returncode == 1
    assert "another temperature" in done.stderr


def test_wrong_usage_is_no_bad_file() -> None:
    assert run().returncode == 2
    assert run("x.csv", "--low", "cold").returncode == 2
