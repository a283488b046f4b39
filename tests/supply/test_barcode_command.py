"""bin/read-barcode: the rows, the exit codes, the spellings of a shell."""

import csv
import io
import subprocess
import sys
from pathlib import Path

COMMAND = Path(__file__).resolve().parents[2] / "bin" / "read-barcode"
HEAD = "standard,item,lot,expiry,serial,quantity,problem"


def run(*words: str) -> tuple[int, str, list[dict[str, str]]]:
    done = subprocess.run(
        [sys.executable, str(COMMAND), *words],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    return done.returncode, done.stdout, list(csv.DictReader(io.StringIO(done.stdout)))


def test_one_row_for_each_text() -> None:
    code, text, rows = run(
        "--today",
        "2026-11-28",
        "01003999991230131727063010VX41B\\x1d21000071",
        "+A99912349/$$9005001127LOT7K",
        "614141000739",
    )
    assert code == 0
    assert text.splitlines()[0] == HEAD
    assert [list(row.values()) for row in rows] == [
        ["gs1", "00399999123013", "VX41B", "2027-06-30", "000071", "", ""],
        ["hibc", "A9991234", "LOT7", "2027-11-30", "", "500", ""],
        ["upc", "00614141000739", "", "", "", "", ""],
    ]


def test_one_problem_is_enough_for_exit_code_1() -> None:
    code, _text, rows = run("614141000739", "614141000738")
    assert code == 1
    assert [row["problem"] == "" for row in rows] == [True, False]
    assert "should be 9" in rows[1]["problem"]


def test_two_bars_are_two_rows_or_one() -> None:
    code, _text, rows = run("--today=2026-11-28", "+A999123402", "+$$3271130LOT724")
    assert code == 1
    assert [(row["item"], row["lot"]) for row in rows] == [
        ("A9991234", ""),
        ("", "LOT7"),
    ]
    code, _text, rows = run("--today=2026-11-28", "+A999123402+$$3271130LOT724")
    assert code == 0
    assert (rows[0]["item"], rows[0]["lot"]) == ("A9991234", "LOT7")


def test_more_columns() -> None:
    code, _text, rows = run("--more", "5039999912301" + "8")
    assert code == 0
    assert (rows[0]["ndc"], rows[0]["level"]) == ("9999912301", "5")


def test_help_and_no_text() -> None:
    assert run("--help")[0] == 0
    assert run()[0] == 2
