"""bin/check-withholding: what an accountant runs with cases of their own."""

import csv
import subprocess
import sys
import time
from pathlib import Path

import pytest
from casefile import DATA

from devtools.vectors.run import UnknownFile, check_lines

ROOT = Path(__file__).resolve().parents[2]
HEADER = (
    "vector_id,tax_year,w4_version,pay_periods_per_year,filing_status,step2_checkbox,"
    "taxable_wages_period,step3_credits_annual,step4a_other_income_annual,"
    "step4b_deductions_annual,step4c_extra_per_period,allowances_pre2020,"
    "nra_addition_period,expected_fit,expected_rounding,tolerance"
)
GOOD = "ok,2026,2020+,26,single_mfs,0,3000,0,0,0,0,0,0,320.38,cents,0.01"
OLD = "old,2026,pre2020,26,married_joint,0,3000,0,0,0,10,3,0,202.31,cents,0"


def run(*rows, header=HEADER):
    """Check the rows; return what is said and the tally."""
    said = []
    tally = check_lines([line + "\n" for line in (header, *rows)], said.append)
    return said, str(tally)


def command(*names, python=(sys.executable,)):
    return subprocess.run(
        [*python, str(ROOT / "bin" / "check-withholding"), *map(str, names)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "passed"),
    [
        ("federal_withholding_vectors.csv", 31),
        ("fica_futa_supplemental_vectors.csv", 21),
    ],
)
def test_all_published_vectors_pass(name, passed):
    done = command(DATA / name)
    assert done.stdout == f"{passed} passed, 0 failed\n"
    assert (done.returncode, done.stderr) == (0, "")


def test_it_needs_nothing_but_the_standard_library():
    """-I and -S leave out the environment and all installed packages."""
    done = command(
        DATA / "federal_withholding_vectors.csv", python=(sys.executable, "-I", "-S")
    )
    assert done.stdout.endswith("31 passed, 0 failed\n")


def test_a_mismatch_is_shown_with_our_worksheet():
    said, tally = run(GOOD, GOOD.replace("ok", "off").replace("320.38", "320.40"))
    assert tally == "1 passed, 1 failed"
    first, *steps = said[0].splitlines()
    assert first == (
        "row 3 (off): federal income tax 320.38, expected 320.40 (tolerance 0.01)"
    )
    assert [step.split()[0] for step in steps][:3] == ["1a", "1b", "1c"]
    assert steps[-1].split()[0] == "4b"
    assert any("57,900" in step and "p. 12" in step for step in steps)


def test_the_tolerance_is_inclusive_and_not_more():
    assert run(GOOD.replace("320.38", "320.39"))[1] == "1 passed, 0 failed"
    assert run(GOOD.replace("320.38", "320.395"))[1] == "0 passed, 1 failed"


def test_both_generations_of_the_form_are_read():
    assert run(GOOD, OLD)[1] == "2 passed, 0 failed"


def test_the_nonresident_amount_is_added_to_the_wages():
    row = "n,2026,2020+,260,single_mfs,0,200,0,0,0,0,0,61.90,23.66,cents,0.01"
    assert run(row)[1] == "1 passed, 0 failed"
    assert run(row.replace("61.90", "0"))[1] == "0 passed, 1 failed"


def test_whole_dollars_round_half_up():
    row = "d,2026,2020+,1,single_mfs,1,8075,0,0,0,0,0,0,{},whole_dollar,0"
    assert run(row.format(3))[1] == "1 passed, 0 failed"  # 10% of 25 is 2.50
    assert run(row.format(2))[1] == "0 passed, 1 failed"


@pytest.mark.parametrize("year", range(2020, 2027))
def test_every_shipped_year_can_be_checked(year):
    said, _tally = run(GOOD.replace("2026", str(year)))
    assert not said or "federal income tax" in said[0]


BAD_ROWS = {
    "tax_year": (GOOD.replace("2026", "2019"), "tables of 2019 are not shipped"),
    "w4_version": (GOOD.replace("2020+", "2021?"), "write one of: 2020+"),
    "pay_periods_per_year": (GOOD.replace(",26,", ",27,"), "biweekly (26)"),
    "filing_status": (GOOD.replace("single_mfs", "maried"), "single_mfs"),
    "step2_checkbox": (GOOD.replace("mfs,0,", "mfs,2,"), "write one of: 1, yes"),
    "taxable_wages_period": (GOOD.replace(",3000,", ",three,"), "such as 1234.56"),
    "expected_fit": (GOOD.replace("320.38", ""), "such as 1234.56"),
    "expected_rounding": (GOOD.replace("cents", "cent"), "whole_dollar"),
    "tolerance": (GOOD.replace(",0.01", ",-1"), "0 or a positive amount"),
    "step3_credits_annual": (OLD.replace("3000,0,", "3000,5,"), "2019 or earlier"),
    "allowances_pre2020": (GOOD.replace("0,0,320", "2,0,320"), "2020 or later"),
}


@pytest.mark.parametrize("field", BAD_ROWS)
def test_a_bad_row_names_row_field_and_remedy_and_stops_nothing(field):
    bad, remedy = BAD_ROWS[field]
    said, tally = run(GOOD, bad, GOOD)
    assert tally == "2 passed, 1 failed"
    assert said[0].startswith("row 3 (o")
    assert f"field {field}: " in said[0]
    assert remedy in said[0]


def test_negative_wages_are_a_bad_row():
    said, tally = run(GOOD.replace(",3000,", ",-3000,"))
    assert tally == "0 passed, 1 failed"
    assert "field taxable_wages_period: '-3000' cannot be used" in said[0]


def test_an_old_form_knows_no_head_of_household():
    said, _tally = run(OLD.replace("married_joint", "head_of_household"))
    assert "knows single_mfs and married_joint only" in said[0]


def test_half_an_allowance_and_a_negative_one_are_refused():
    assert "write a whole number" in run(OLD.replace(",3,0,", ",2.5,0,"))[0][0]
    assert "write 0 or more" in run(OLD.replace(",3,0,", ",-3,0,"))[0][0]


def test_a_row_with_a_cell_too_many_is_a_bad_row():
    said, tally = run(GOOD + ",stray", GOOD)
    assert tally == "1 passed, 1 failed"
    assert said[0].startswith("row 2: 17 cells, but the header has 16")


def test_a_broken_quotation_mark_is_a_bad_row():
    said, tally = run('"ok"x' + GOOD[2:], GOOD)
    assert tally == "1 passed, 1 failed"
    assert said == [
        "row 2: a quotation mark is not closed or stands in the wrong place"
    ]


def test_blank_rows_are_passed_over_but_counted_in_the_numbers():
    said, tally = run("", ",,,,,,,,,,,,,,,", GOOD.replace("26,s", "27,s"))
    assert tally == "0 passed, 1 failed"
    assert said[0].startswith("row 4 ")


def test_columns_nobody_filled_in_may_be_left_out():
    header = "tax_year,pay_periods_per_year,filing_status,taxable_wages_period,"
    said, tally = run("2026,26,single_mfs,3000,320.38", header=header + "expected_fit")
    assert (said, tally) == ([], "1 passed, 0 failed")


def test_semicolons_dollar_signs_and_a_byte_order_mark_are_understood():
    header = "\ufeff" + HEADER.replace(",", ";")
    row = GOOD.replace(",", ";").replace(";3000;", ";$3,000.00;")
    assert run(row, header=header)[1] == "1 passed, 0 failed"


def test_a_header_nobody_knows_is_refused():
    with pytest.raises(UnknownFile, match="expected_fit, expected_withholding"):
        run("1,2", header="a,b")
    with pytest.raises(UnknownFile, match="lacks the columns tax_year"):
        run("1", header="expected_fit")
    with pytest.raises(UnknownFile, match="empty"):
        check_lines([], print)


def test_state_vectors_go_to_the_state_rules():
    header = (
        "vector_id,tax_year,state,frequency,filing_status,allowances,"
        "wages_per_period,expected_withholding,tolerance,source_detail,options"
    )
    said, tally = run(
        "PA,2026,PA,biweekly,single,0,2900,89.03,0.01,,",
        "NJ,2026,NJ,weekly,single,1,300,4.21,0,,code=A",
        "off,2026,PA,biweekly,single,0,2900,90,0.01,,",
        "bad,2026,PA,biweekly,single,0,2900,90,0.01,,color=red",
        "no,2026,ZZ,biweekly,single,0,2900,90,0.01,,",
        header=header,
    )
    assert tally == "2 passed, 3 failed"
    assert said[0].startswith("row 4 (off): PA income tax 89.03, expected 90")
    assert "field options: 'color'" in said[1]
    assert "'ZZ' is not a state" in said[2]


def test_contributions_are_told_by_the_column_item():
    header = "vector_id,tax_year,item,wages_this_period,ytd_wages_before,expected"
    said, tally = run(
        "a,2026,ss_employee,10000,180000,279.00",
        "b,2025,futa_employer_1.8pct,7000,0,126",  # credit reduction 1.2
        "c,2026,medicare_employer,10000,0,145.01",
        "d,2026,tips,1,0,1",
        "e,2026,futa_employer_0.5pct,1,0,1",
        "f,2030,medicare,1,0,1",
        header=header,
    )
    assert tally == "2 passed, 4 failed"
    assert said[0].startswith("row 4 (c): medicare_employer 145.00, expected 145.01")
    assert "field item: 'tips'" in said[1]
    assert "never below 0.6 percent" in said[2]
    assert "of 2030 are not shipped" in said[3]


def test_the_exit_code_tells_pass_fail_and_unreadable(tmp_path):
    good, bad, odd = (tmp_path / name for name in ("good.csv", "bad.csv", "odd.csv"))
    good.write_text(f"{HEADER}\n{GOOD}\n")
    bad.write_text(f"{HEADER}\n{GOOD.replace('320.38', '1')}\n")
    odd.write_bytes(b"%PDF-1.7")
    assert command(good).returncode == 0
    assert command(good, bad).returncode == 1
    done = command(good, odd)
    assert done.returncode == 2
    assert "save it as CSV UTF-8" in done.stderr
    assert done.stdout == "1 passed, 0 failed\n"
    none = command(tmp_path / "missing.csv")
    assert (none.returncode, none.stdout) == (2, "")
    assert "cannot be read: No such file or directory." in none.stderr
    assert "Errno" not in none.stderr
    assert command().returncode == 2


def test_a_file_saved_by_a_spreadsheet_in_windows_1252_is_read(tmp_path):
    file = tmp_path / "excel.csv"
    file.write_bytes(f"{HEADER}\r\n{GOOD.replace('ok', 'Peña')}\r\n".encode("cp1252"))
    assert command(file).stdout == "1 passed, 0 failed\n"


def test_20000_rows_take_less_than_five_seconds(tmp_path):
    """200,000 rows take about three seconds on the machine it was written on."""
    file = tmp_path / "many.csv"
    with file.open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(HEADER.split(","))
        for number in range(20_000):
            row = GOOD.split(",")
            row[6], row[15] = str(1000 + number / 100), "5000"
            rows.writerow(row)
    begin = time.perf_counter()
    done = command(file)
    assert done.stdout == "20000 passed, 0 failed\n"
    assert time.perf_counter() - begin < 5


def test_the_printed_tables_become_vectors():
    text = (
        "2026 Wage Bracket Method Tables for Manual Payroll Systems with Forms W-4 "
        "From 2020 or Later\nBIWEEKLY Payroll Period\n"
        "$3,845 $3,875 $296 $510 $372 $638 $510 $710\n"
    )
    done = subprocess.run(
        [sys.executable, str(ROOT / "bin" / "wage-bracket-vectors")],
        input=text,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run(*done.stdout.splitlines()[1:], header=done.stdout.splitlines()[0]) == (
        [],
        "6 passed, 0 failed",
    )
    assert done.stderr == "6 cells\n"
