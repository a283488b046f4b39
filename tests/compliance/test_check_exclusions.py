"""bin/check-exclusions: the administrator's dry run, and the benchmark in small."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from test_exclusionfile import FIRM, LEIE, PERSON, SAM, sam

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))

from compare_exclusions import compared  # noqa: E402
from exclusion_sets import labeled  # noqa: E402

HEADER = "id,kind,last,first,middle,business,npi,birth_date,state\n"
JANE = "E1,person,Doe,Jane,,,,1970-01-31,TX\n"


def command(*names):
    return subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            str(ROOT / "bin" / "check-exclusions"),
            *map(str, names),
        ],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def screened(tmp_path):
    def run(listed, parties):
        (tmp_path / "LIST.csv").write_text(listed, encoding="utf-8", newline="")
        (tmp_path / "PARTIES.csv").write_text(parties, encoding="utf-8")
        return command(tmp_path / "LIST.csv", tmp_path / "PARTIES.csv")

    return run


def test_hits_are_printed_as_csv_and_need_only_the_standard_library(screened):
    parties = HEADER + JANE + "V1,business,,,,101 First Care Pharmacy,,,NY\n"
    done = screened(LEIE + FIRM + PERSON, parties)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("party,line,score,reason\n")
    found = list(csv.DictReader(done.stdout.splitlines()))
    assert [(row["party"], row["line"]) for row in found] == [("E1", "3"), ("V1", "2")]
    assert all(50 <= int(row["score"]) <= 100 for row in found)
    assert "same birth date" in found[0]["reason"]


def test_a_sam_list_is_told_by_its_header(screened):
    done = screened(
        SAM + sam(first="JANE", last="DOE") + sam("ACME LLC"), HEADER + JANE
    )
    assert [line.split(",")[:2] for line in done.stdout.splitlines()[1:]] == [
        ["E1", "2"]
    ]


def test_nobody_on_the_list_prints_the_header_alone(screened):
    done = screened(LEIE + FIRM, HEADER + JANE)
    assert (done.returncode, done.stdout) == (0, "party,line,score,reason\n")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("E1,person,,,,,,,\n", "Row 2, last: This person has no name. Fill in"),
        ("E1,business,Doe,Jane,,,,,\n", "Row 2, business: This business has no name."),
        ("E1,human,Doe,Jane,,,,,\n", 'Row 2, kind: "human" is not allowed here. Use one'),
        (",person,Doe,Jane,,,,,\n", "Row 2, id: The cell is empty. Fill it in"),
        ("E1,person,Doe,Jane,,,12345,,\n", 'Row 2, npi: "12345" is not a National'),
        ("E1,person,Doe,Jane,,,,31.1.70,\n", 'Row 2, birth_date: "31.1.70" is not a date'),
        ("E1,person,Doe,Jane,,,,,Texas!\n", None),
        ("E1,person,Doe,Jane,,,,,Texass\n", 'Row 2, state: "Texass" is not a state. Write'),
        ("E1,person,王,芳,,,,,\n", "has no letter of the Latin alphabet. Write"),
        ('E1,person,"Doe,Jane\n', "A quotation mark is not closed"),
    ],
)  # fmt: skip
def test_a_bad_party_is_named_by_row_field_and_remedy(screened, row, said):
    done = screened(LEIE + PERSON, HEADER + row)
    assert done.returncode == (1 if said else 0)
    assert (said or "") in done.stderr
    assert not said or done.stdout == ""


def test_a_missing_column_of_the_parties_is_named(screened):
    done = screened(LEIE + PERSON, "kind,last,first\nperson,Doe,Jane\n")
    assert done.returncode == 1
    assert 'id: The column is missing. Add a column with the title "id"' in done.stderr


def test_a_doubtful_npi_is_said_and_screened_all_the_same(screened):
    done = screened(LEIE + PERSON, HEADER + "E1,person,Doe,Jane,,,1234567890,,\n")
    assert done.returncode == 0
    assert "Row 2, npi: The check digit of the NPI 1234567890 is wrong." in done.stderr
    assert done.stdout.count("\n") == 2


def test_of_many_doubtful_npis_twenty_are_said_and_the_rest_counted(screened):
    rows = "".join(f"E{n},person,Doe,Jane,,,1234567890,,\n" for n in range(30))
    done = screened(LEIE + PERSON, HEADER + rows)
    assert done.returncode == 0
    assert done.stderr.count("check digit") == 20
    assert done.stderr.endswith("and 10 more\n")


def test_a_list_cut_off_prints_no_hit_and_names_the_line(screened):
    done = screened(LEIE + PERSON + PERSON[:30], HEADER + JANE)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("LIST.csv: Line 3: A quotation mark is not closed")


def test_a_large_list_cut_off_is_refused_by_every_process(screened):
    done = screened(LEIE + PERSON * 8000 + PERSON[:30], HEADER + JANE)
    assert (done.returncode, done.stdout) == (1, "")
    assert "LIST.csv: Line 8002: " in done.stderr


def test_a_large_list_gives_each_line_once(screened):
    done = screened(LEIE + PERSON * 8000, HEADER + JANE)
    found = [int(row["line"]) for row in csv.DictReader(done.stdout.splitlines())]
    assert found == list(range(2, 8002))


def test_without_two_files_the_usage_is_printed(tmp_path):
    assert command().returncode == 1
    assert command("--help").returncode == 0
    assert command(tmp_path / "none.csv", tmp_path / "none.csv").returncode == 1


@pytest.mark.parametrize("births", [0.7, 1.0])
def test_the_benchmark_in_small(births):
    """As bench/compare_exclusions.py: 8,000 lines, 1,200 parties."""
    pytest.importorskip("rapidfuzz", reason="in requirements-dev.txt")
    pytest.importorskip("numpy", reason="in requirements-dev.txt")
    row = compared(labeled(21, 8_000, 1_200, births, share_true=0.4))
    assert row["recall"] >= 0.99, row["missed"]
    assert row["false"] <= row["rapidfuzz false"]
    assert row["rapidfuzz recall"] < row["recall"]
