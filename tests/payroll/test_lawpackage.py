"""Law packages: read with suspicion, laid over the shipped tables, proven, refused."""

import csv
import io
import json
import re
import subprocess
import sys
import threading
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tools.payroll.law import lawarchive, lawcheck, lawtable
from tools.payroll.law.certificates import W4
from tools.payroll.law.contributions import contributions
from tools.payroll.law.federal_tables import TaxYearMissing, federal_year
from tools.payroll.law.lawlay import BadPackage, Line, lay
from tools.payroll.law.lawspec import SPECS
from tools.payroll.law.limits import settled
from tools.payroll.law.period import PayPeriod
from tools.payroll.tax import lawproof
from tools.payroll.tax.federal import withhold
from tools.payroll.tax.readiness import Needs, missing
from tools.payroll.tax.states import StateInput
from tools.payroll.tax.states import withhold as withhold_state

from devtools.lawpackage.build import build

ROOT = Path(__file__).resolve().parents[2]
PUB15T = ("federal_parameters", "federal_schedules", "federal_nonresident")


def shipped(name):
    return [dict(row) for row in lawtable.of_the_law().rows(name)]


def as_csv(name, rows):
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, SPECS[name].columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def of_2027(name, **changed):
    """The rows of 2026 as those of a year that nobody has published."""
    return [
        row | {"year": "2027"} | changed
        for row in shipped(name)
        if row["year"] == "2026"
    ]


def packed(tables, vectors=None, year=2027):
    files = {f"tables/{name}.csv": as_csv(name, rows) for name, rows in tables.items()}
    files |= {f"vectors/{name}.csv": text for name, text in (vectors or {}).items()}
    return lawarchive.pack("Law of a test", year, "1", files)


def over_shipped(tables):
    return lawarchive.read(packed(tables)).over(lawtable.of_the_law())


def refusal(tables):
    with pytest.raises(BadPackage) as caught:
        over_shipped(tables)
    return str(caught.value)


# ----------------------------------------------------------------- the shipped tables


@pytest.mark.parametrize("name", SPECS)
def test_each_shipped_table_is_a_package_of_its_own(name):
    rows = shipped(name)
    book = lay(
        lawtable.of_the_law(),
        {name: [Line(number, row) for number, row in enumerate(rows, start=2)]},
        "itself",
    )
    assert list(book.rows(name)) == rows
    assert list(rows[0]) == list(SPECS[name].columns)


def test_every_shipped_table_of_law_is_known():
    there = {path.stem for path in lawtable.TABLES.glob("*.csv")}
    # how files of banks and agencies are written, and where the law is published
    other = {"ach_codes", "ach_ppd_layout", "efw2_states", "garnishment_weeks"}
    assert there - set(SPECS) == other | {"law_sources"}


def test_the_shipped_book_reads_and_does_not_contradict_itself():
    assert lawproof.problems(lawtable.of_the_law(), 2026) == []


def test_rules_of_states_hold_no_figures():
    """A new year is data alone: amounts and rates are in the tables, not in the code."""
    folder = ROOT / "medical_office/tools/payroll/tax/states"
    found = []
    for path in sorted(folder.glob("*.py")):
        code = re.sub(r'""".*?"""|#[^\n]*|"[^"\n]*"', "", path.read_text(), flags=re.S)
        numbers = re.findall(r"(?<![\w.])\d[\d_.]*", code)
        found += [(path.name, n) for n in numbers if float(n.replace("_", "")) > 12]
    # a percentage is no more than 100
    assert found == [("schedule.py", "100")]


# ----------------------------------------------------------------------- a new year


def test_a_package_of_a_year_is_used_by_pay_date_and_by_nobody_else():
    rows = {name: of_2027(name) for name in PUB15T}
    for row in rows["federal_schedules"]:
        row["rate_percent"] = (
            "11" if row["rate_percent"] == "10" else row["rate_percent"]
        )
    book = over_shipped(rows)
    form, weekly = W4(), PayPeriod.WEEKLY
    day = date(2027, 1, 8)
    with pytest.raises(TaxYearMissing):
        withhold(form, Decimal(400), weekly, day)
    with lawtable.use(book):
        # (400 x 52 - 8,600 - 7,500) x 11 % / 52
        assert withhold(form, Decimal(400), weekly, day).amount == Decimal("9.94")
        before = withhold(form, Decimal(400), weekly, date(2026, 12, 31)).amount
    assert before == Decimal("9.04")
    with pytest.raises(TaxYearMissing):
        federal_year(2027)


def test_what_one_thread_uses_no_other_sees():
    book = over_shipped({name: of_2027(name) for name in PUB15T})
    seen = []

    def other():
        seen.append(lawtable.in_use() is lawtable.of_the_law())

    with lawtable.use(book):
        assert federal_year(2027).year == 2027
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert seen == [True]


def test_wisconsin_of_a_new_year_is_rows_alone():
    """Its own formula takes the sliding deduction of the new rows."""
    guide = [row for row in shipped("state_guides") if row["state"] == "WI"]
    day = guide[-1]["valid_from"]
    fresh = {
        "state_guides": [
            guide[-1] | {"valid_from": "2027-01-01", "valid_to": "2027-12-31"}
        ]
    }
    if not guide[-1]["valid_to"]:
        fresh["state_guides"].insert(0, guide[-1] | {"valid_to": "2026-12-31"})
    for name in ("state_parameters", "state_brackets"):
        fresh[name] = [
            row | {"valid_from": "2027-01-01"}
            for row in shipped(name)
            if row["state"] == "WI" and row["valid_from"] == day
        ]
    given = StateInput(Decimal(2000), PayPeriod.BIWEEKLY)
    old = withhold_state("WI", date(2026, 12, 31), given).amount
    with lawtable.use(over_shipped(fresh)):
        assert withhold_state("WI", date(2027, 1, 8), given).amount == old
    for row in fresh["state_parameters"]:
        if row["name"] == "deduction":
            row["value"] = str(Decimal(row["value"]) + 2600)
    with lawtable.use(over_shipped(fresh)):
        less = withhold_state("WI", date(2027, 1, 8), given).amount
    assert less < old


def test_changes_are_shown_side_by_side():
    rows = of_2027("federal_parameters", allowance="4500")
    rows.append(
        next(r for r in shipped("federal_parameters") if r["year"] == "2026")
        | {"allowance": "4400"}
    )
    package = lawarchive.read(packed({"federal_parameters": rows}))
    new, changed = lawcheck.changes(lawtable.of_the_law(), package.tables)
    assert new.is_new
    assert new.span == (date(2027, 1, 1), date(2027, 12, 31))
    assert (changed.is_new, changed.figures, changed.row) == (False, True, 3)
    assert "allowance 4300" in changed.old
    assert "allowance 4400" in changed.new


def test_words_alone_are_no_change_of_figures():
    row = next(r for r in shipped("federal_parameters") if r["year"] == "2026")
    package = lawarchive.read(
        packed({"federal_parameters": [row | {"source": "Read again"}]})
    )
    (change,) = lawcheck.changes(lawtable.of_the_law(), package.tables)
    assert not change.figures
    assert lawcheck.span_of([change]) is None


# --------------------------------------------------------------------------- missing


def test_all_that_a_practice_will_need_is_named_at_once_with_its_place():
    needs = Needs(
        taxed_in=frozenset({"WI"}),
        worked_in=frozenset({"WI"}),
        kinds=frozenset({"401k", "hsa_125"}),
        bases=frozenset({"WI"}),
        matched=True,
    )
    found = missing(needs, 2027)
    tables = [gap.table for gap in found]
    assert tables.count("federal_schedules") == 1
    assert {"federal_parameters", "state_guides"} <= {*tables}
    assert "federal_contributions" not in tables  # shipped: see the next test but one
    items = {gap.key[0] for gap in found if gap.table == "limits_annual"}
    assert {"401k_elective_deferral", "415c_annual_additions"} <= items
    assert not items & {"hsa_family", "hsa_self_only", "hsa_catchup_55"}  # shipped
    assert not items & {"health_fsa", "simple_ira_deferral"}
    assert not any(
        gap.table in ("garnishment_levy", "suta_wage_bases") for gap in found
    )
    assert all(gap.publisher and gap.document and gap.expected for gap in found)
    assert all("{" not in str(gap) for gap in found)


def test_a_year_that_is_there_lacks_nothing():
    needs = Needs(
        frozenset({"WI"}),
        frozenset({"WI"}),
        frozenset({"401k"}),
        bases=frozenset({"WI"}),
        rates=frozenset({"WI"}),
        matched=True,
        nonresident=True,
        levies=True,
    )
    assert missing(needs, 2026) == []


def test_the_wage_base_of_2028_is_missing_and_says_where_it_is_published():
    book = lawcheck.for_the_time_being(lawtable.of_the_law(), 2027)
    with lawtable.use(book):
        (gap,) = [
            gap
            for gap in missing(Needs(), 2028)
            if gap.key[:1] == ("social_security_wage_base",)
        ]
    assert "ssa.gov" in gap.url


def test_what_is_announced_for_2027_is_there_with_its_sources():
    """SSA: 192,300; Rev. Proc. 2026-24: 4,500 and 9,000. The rest is statute."""
    law = contributions(2027)
    assert law.social_security_base == 192300
    assert (law.futa_base, law.additional_medicare_threshold) == (7000, 200000)
    assert lawproof.problems(lawtable.of_the_law(), 2027) == []
    shown = {
        item: settled(item, 2027).value
        for item in ("social_security_wage_base", "hsa_self_only", "hsa_family")
    }
    assert shown == {
        "social_security_wage_base": 192300,
        "hsa_self_only": 4500,
        "hsa_family": 9000,
    }
    for row in lawtable.rows("limits_annual"):
        if row["year"] == "2027":
            assert row["source"], row["item"]
    with pytest.raises(LookupError):  # nothing was announced: it stays missing
        settled("401k_elective_deferral", 2027)


def test_last_years_rows_serve_only_who_asks():
    book = lawcheck.for_the_time_being(lawtable.of_the_law(), 2027)
    assert lawcheck.missing(book, 2027) == []
    assert "provisionally" in book.edition
    with lawtable.use(book):
        assert missing(Needs(frozenset({"WI"})), 2027) == []
        assert federal_year(2027).allowance == federal_year(2026).allowance
    with pytest.raises(TaxYearMissing):
        federal_year(2027)


def test_what_has_arrived_is_not_replaced_by_last_year():
    arrived = over_shipped(
        {"federal_parameters": of_2027("federal_parameters", allowance="4500")}
    )
    book = lawcheck.for_the_time_being(arrived, 2027)
    with lawtable.use(book):
        assert federal_year(2027).allowance == 4500


# --------------------------------------------------------------------------- refused


def repacked(content, change):
    """The archive with its files changed behind the manifest's back."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return found.getvalue()


def good():
    return packed({"federal_parameters": of_2027("federal_parameters")})


def read_refused(content):
    with pytest.raises(BadPackage) as caught:
        lawarchive.read(content)
    return str(caught.value)


def test_a_file_changed_after_packing_is_refused_by_name():
    def change(files):
        files["tables/federal_parameters.csv"] += b"\n"

    said = read_refused(repacked(good(), change))
    assert said.startswith("tables/federal_parameters.csv: its SHA-256")


def test_a_file_that_is_not_listed_or_gone_is_refused():
    said = read_refused(
        repacked(good(), lambda files: files.update({"more.txt": b"x"}))
    )
    assert "more.txt: is not listed" in said
    gone = repacked(good(), lambda files: files.pop("tables/federal_parameters.csv"))
    assert "missing" in read_refused(gone)


def test_no_archive_and_no_manifest_are_refused():
    assert "no zip archive" in read_refused(b"state,year\n")
    bare = repacked(good(), lambda files: files.pop("manifest.json"))
    assert "bin/law-package" in read_refused(bare)


def test_a_damaged_archive_is_refused_wherever_it_is_damaged():
    """Cut, or with a byte changed: refused in words (or it reads the same)."""
    content = good()
    whole = lawarchive.read(content)
    for place in range(len(content)):
        for damaged in (
            content[:place],
            content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :],
        ):
            try:
                assert lawarchive.read(damaged).tables == whole.tables
            except BadPackage as error:
                assert str(error)


@pytest.mark.parametrize("title", ["", " ", "a\0b", "two\nlines", 5])
def test_a_title_is_a_line_of_text(title):
    with pytest.raises(BadPackage, match=r"manifest.json: title is missing"):
        lawarchive.pack(title, 2027, "1", {"tables/x.csv": b""})


def test_a_manifest_of_brackets_alone_is_refused():
    deep = repacked(
        good(), lambda files: files.update({"manifest.json": b"[" * 200_000})
    )
    assert "manifest.json: is no JSON" in read_refused(deep)


def test_a_bomb_stops_at_the_limit():
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("tables/state_guides.csv", b"0" * 30_000_000)
    assert len(found.getvalue()) < 100_000
    assert "larger than" in read_refused(found.getvalue())


def test_a_path_out_of_the_package_is_refused():
    def change(files):
        manifest = json.loads(files["manifest.json"])
        text = files.pop("tables/federal_parameters.csv")
        manifest["files"] = {
            "../federal_parameters.csv": next(iter(manifest["files"].values()))
        }
        files["../federal_parameters.csv"] = text
        files["manifest.json"] = json.dumps(manifest).encode()

    assert "neither tables/NAME.csv" in read_refused(repacked(good(), change))


def test_an_unknown_table_and_a_strange_header_are_refused():
    with pytest.raises(BadPackage, match="no table of the law"):
        lawarchive.pack("x", 2027, "1", {"tables/prices.csv": b"a\n1\n"})
    with pytest.raises(BadPackage, match="row 1: its columns are not"):
        lawarchive.pack("x", 2027, "1", {"tables/state_guides.csv": b"state\nWI\n"})


def test_cells_are_named_by_row_and_column():
    said = refusal(
        {"federal_parameters": of_2027("federal_parameters", allowance="4,500")}
    )
    assert said.startswith("tables/federal_parameters.csv row 2: allowance '4,500'")
    said = refusal({"federal_parameters": of_2027("federal_parameters", source="")})
    assert "source is empty" in said


@pytest.mark.parametrize(
    "value", ["1_000", "１２", "1e3", "0x10", "NaN", "-1", "+5", "1.", ".5", "9" * 13]
)
def test_a_number_is_written_in_plain_digits(value):
    """Python would take more for a number than anybody writes in a table."""
    rows = of_2027("federal_parameters", allowance=value)
    assert "allowance" in refusal({"federal_parameters": rows})


def test_a_percentage_above_a_hundred_is_refused():
    rows = of_2027("federal_schedules")
    rows[2]["rate_percent"] = "1250"
    said = refusal({"federal_schedules": rows})
    assert "row 4: rate_percent 1250 is more than 100" in said


@pytest.mark.parametrize(
    "value",
    ["20270101", "2027-W01-1", "2027-1-1", "0001-01-01", "2027-02-30", "9999-12-31"],
)
def test_a_day_is_written_as_the_tables_write_it(value):
    """Days are compared as they are written."""
    row = next(r for r in shipped("state_minimum_wages") if r["state"] == "MI")
    said = refusal({"state_minimum_wages": [row | {"valid_from": value}]})
    assert f"valid_from {value!r} is not a date" in said


def test_a_row_given_twice_is_refused():
    rows = of_2027("federal_parameters")
    said = refusal({"federal_parameters": rows + rows})
    assert "row 3: 2027 stands in row 2 already" in said


def test_brackets_with_a_gap_or_an_overlap_are_refused():
    rows = of_2027("federal_schedules")
    rows[1]["at_least"] = "19400"
    said = refusal({"federal_schedules": rows})
    assert "row 3: a gap in 2027 standard married_joint" in said
    rows[1]["at_least"] = "19200"
    assert "an overlap in 2027 standard" in refusal({"federal_schedules": rows})
    rows[1]["at_least"] = "50000"
    assert "overlap" in refusal({"federal_schedules": rows})


def test_days_with_a_gap_or_an_overlap_are_refused():
    row = next(
        r
        for r in shipped("state_minimum_wages")
        if r["state"] == "MI" and r["valid_to"] == "2026-12-31"
    )
    late = row | {"valid_from": "2027-02-01", "valid_to": "2027-12-31"}
    said = refusal({"state_minimum_wages": [late]})
    assert "nothing is in force from 2027-01-01 to 2027-01-31" in said
    early = row | {"valid_from": "2026-12-01", "valid_to": "2027-12-31"}
    said = refusal({"state_minimum_wages": [early]})
    assert "row 2: MI: two rows are in force on 2026-12-01" in said
    assert "with valid_to 2026-11-30" in said


def test_rows_of_a_state_without_their_guide_are_refused():
    rows = [
        r | {"valid_from": "2027-01-01"}
        for r in shipped("state_parameters")
        if r["state"] == "WI"
    ][:1]
    assert "has no row in state_guides.csv" in refusal({"state_parameters": rows})


def test_figures_that_contradict_each_other_are_found():
    book = over_shipped(
        {
            "federal_contributions": of_2027("federal_contributions"),
            "limits_annual": [
                row | {"value": "190000"}
                for row in of_2027("limits_annual")
                if row["item"] == "social_security_wage_base"
            ],
        }
    )
    (problem,) = lawproof.problems(book, 2027)
    assert "social_security_wage_base of 2027 is 190000" in str(problem)


def test_half_a_publication_is_found():
    half = [r for r in of_2027("federal_schedules") if r["schedule"] == "standard"]
    (problem,) = lawproof.problems(
        over_shipped(
            {
                "federal_parameters": of_2027("federal_parameters"),
                "federal_schedules": half,
            }
        ),
        2027,
    )
    assert "3 of 6 sets of 2027" in str(problem)


def test_every_year_that_a_package_has_rows_of_is_proven():
    """Its own year may say 2027 and its rows be those of 2028."""
    half = [r for r in of_2027("federal_schedules") if r["schedule"] == "standard"]
    package = lawarchive.read(
        packed({"federal_schedules": [row | {"year": "2028"} for row in half]})
    )
    book = package.over(lawtable.of_the_law())
    assert package.years == {2027, 2028}
    assert lawproof.problems(book, package.year) == []
    (problem,) = lawproof.problems(book, *package.years)
    assert "of 2028" in str(problem)


# ------------------------------------------------------------------------ the command


def folder_of(tmp_path, expected):
    (tmp_path / "tables").mkdir()
    (tmp_path / "vectors").mkdir()
    for name in PUB15T:
        (tmp_path / f"tables/{name}.csv").write_bytes(as_csv(name, of_2027(name)))
    (tmp_path / "vectors/p15t.csv").write_text(
        "vector_id,tax_year,pay_periods_per_year,filing_status,taxable_wages_period,"
        f"expected_fit\nv1,2027,26,single_mfs,2000,{expected}\n"
    )
    (tmp_path / "package.json").write_text('{"title": "Law of 2027", "year": 2027}')
    return tmp_path


def run(*names):
    command = [sys.executable, str(ROOT / "bin/law-package"), *map(str, names)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_command_builds_what_its_vectors_prove(tmp_path):
    folder = folder_of(tmp_path, "156.15")
    out = tmp_path / "law.zip"
    done = run(folder, out)
    assert done.returncode == 0, done.stderr
    assert "vectors: 1 passed, 0 failed" in done.stdout
    package = lawarchive.read(out.read_bytes())
    assert (package.title, package.year, package.version) == ("Law of 2027", 2027, "1")
    again = build(folder, print)
    assert again.content == out.read_bytes()


def test_the_command_refuses_what_its_vectors_contradict(tmp_path):
    out = tmp_path / "law.zip"
    done = run(folder_of(tmp_path, "172.50"), out)
    assert done.returncode == 1
    assert "vectors/p15t.csv row 2 (v1)" in done.stderr
    assert not out.exists()


def test_the_command_names_what_it_does_not_understand(tmp_path):
    assert run(tmp_path / "nowhere", tmp_path / "x.zip").returncode == 2
    done = run(tmp_path, tmp_path / "x.zip")
    assert (done.returncode, "has no CSV files" in done.stderr) == (1, True)
