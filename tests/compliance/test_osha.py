"""Recordability, days, clocks, exemption and the upload file."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tools.compliance import itafile
from tools.compliance.osha import (
    Days,
    clocks,
    days_counted,
    exempt_industries,
    exemption,
    is_privacy,
    must_be_told,
    questions,
    recordability,
    severe_due,
)

GATES = {"employee": True, "related": True, "exception": False, "new": True}
NO = dict.fromkeys(
    (q.code for q in questions() if q.part in ("class", "criterion")), False
)


def test_each_row_of_the_law_has_a_citation_and_a_day():
    rows = [*questions(), *clocks().values(), *exempt_industries()]
    assert len(rows) == 12 + 4 + 5
    assert all("29 CFR 1904." in row.citation for row in rows)
    assert all(row.date_from >= date(2002, 1, 1) for row in rows)
    assert len({question.code for question in questions()}) == 12


@pytest.mark.parametrize(
    ("answers", "recordable", "outcome"),
    [
        # 1904.4(a): work-related, new, and one of the criteria
        ({**GATES, **NO, "treatment": True}, True, "other"),
        ({**GATES, **NO, "unconscious": True}, True, "other"),
        ({**GATES, **NO, "diagnosis": True}, True, "other"),
        ({**GATES, **NO, "sharp": True}, True, "other"),  # 1904.8(a)
        ({**GATES, **NO, "special": True}, True, "other"),
        ({**GATES, **NO, "away": True}, True, "away"),
        ({**GATES, **NO, "restricted": True}, True, "restricted"),
        ({**GATES, **NO, "away": True, "restricted": True}, True, "away"),
        ({**GATES, **NO, "death": True, "away": True}, True, "death"),
        # the graver decides: what is lesser need not be answered
        ({**GATES, "death": True}, True, "death"),
        ({**GATES, "death": False, "away": True}, True, "away"),
        # first aid only
        ({**GATES, **NO}, False, ""),
        # a gate closes whatever else is said
        ({**GATES, **NO, "treatment": True, "related": False}, False, ""),
        ({**GATES, **NO, "treatment": True, "employee": False}, False, ""),
        ({**GATES, **NO, "treatment": True, "new": False}, False, ""),
        ({**GATES, **NO, "treatment": True, "exception": True}, False, ""),
        ({"related": False}, False, ""),
        # open
        ({}, None, ""),
        ({**GATES}, None, ""),
        ({**GATES, **NO, "related": None, "treatment": True}, None, ""),
        ({**GATES, **NO, "treatment": None}, None, ""),
        ({**GATES, "treatment": True}, None, ""),
        ({**GATES, **NO, "away": None, "treatment": True}, None, ""),
    ],
)
def test_recordability(answers, recordable, outcome):
    verdict = recordability(answers)
    assert (verdict.is_recordable, verdict.outcome) == (recordable, outcome)
    assert bool(verdict.open) == (recordable is None)


def test_only_what_could_change_it_is_asked():
    assert recordability({**GATES, "treatment": True}).open == (
        "death", "away", "restricted",
    )  # fmt: skip
    assert recordability({**GATES, **NO, "away": None, "sharp": True}).open == ("away",)


D = date


@pytest.mark.parametrize(
    ("spans", "until", "days"),
    [
        # 1904.7(b)(3)(i): the day itself does not count; (iv): weekends do
        ([("away", D(2026, 3, 6), D(2026, 3, 9))], D(2026, 12, 31), Days(3, 0, False)),
        ([("away", D(2026, 3, 6), D(2026, 3, 6))], D(2026, 12, 31), Days(0, 0, False)),
        ([("away", D(2026, 3, 7), None)], D(2026, 3, 10), Days(4, 0, False)),
        (
            [
                ("restricted", D(2026, 3, 7), D(2026, 3, 16)),
                ("away", D(2026, 3, 7), D(2026, 3, 9)),
            ],
            D(2026, 12, 31),
            Days(3, 7, False),
        ),
        # (vii): 180 together
        ([("away", D(2026, 3, 7), None)], D(2027, 3, 7), Days(180, 0, True)),
        (
            [
                ("away", D(2026, 3, 7), D(2026, 7, 4)),  # 120
                ("restricted", D(2026, 7, 5), D(2026, 12, 31)),
            ],
            D(2026, 12, 31),
            Days(120, 60, True),
        ),
        ([("away", D(2026, 3, 7), D(2026, 9, 2))], D(2027, 1, 1), Days(180, 0, False)),
        ([("away", D(2026, 3, 9), D(2026, 3, 7))], D(2026, 12, 31), Days(0, 0, False)),
        ([], D(2026, 12, 31), Days(0, 0, False)),
    ],
)
def test_days(spans, until, days):
    assert days_counted(D(2026, 3, 6), spans, until) == days


def utc(*parts, zone):
    there = datetime(*parts, tzinfo=ZoneInfo(zone))
    return there.astimezone(UTC).replace(tzinfo=None)


def test_hours_pass_whatever_the_clocks_do():
    learned = utc(2026, 11, 1, 0, 30, zone="America/Chicago")
    due = severe_due("death", learned).replace(tzinfo=UTC)
    there = due.astimezone(ZoneInfo("America/Chicago"))
    assert there.isoformat() == "2026-11-01T07:30:00-06:00"
    learned = utc(2026, 3, 7, 20, 0, zone="America/New_York")
    due = severe_due("hospital", learned).replace(tzinfo=UTC)
    there = due.astimezone(ZoneInfo("America/New_York"))
    assert there.isoformat() == "2026-03-08T21:00:00-04:00"


@pytest.mark.parametrize(
    ("code", "hours", "told"),
    [
        ("death", 720, True), ("death", 721, False), ("hospital", 24, True),
        ("hospital", 25, False), ("amputation", 1, True), ("eye", 25, False),
    ],
)  # fmt: skip
def test_which_events_are_told(code, hours, told):
    happened = datetime(2026, 3, 6, 12)
    assert must_be_told(code, happened, happened + timedelta(hours=hours)) is told


@pytest.mark.parametrize(
    ("naics", "peak", "day", "count"),
    [
        ("621111", 42, D(2026, 1, 1), 1),
        ("621111", 8, D(2026, 1, 1), 2),
        ("621111", None, D(2026, 1, 1), 1),
        ("621610", 42, D(2026, 1, 1), 0),  # home health is not on the list
        ("621610", 10, D(2026, 1, 1), 1),
        ("621610", 11, D(2026, 1, 1), 0),
        ("621111", 42, D(2014, 12, 31), 0),  # the list of codes is of 2015
    ],
)
def test_exemption(naics, peak, day, count):
    assert len(exemption(naics, peak, day)) == count


def test_privacy_cases():
    assert is_privacy("hiv", False)
    assert is_privacy("", True)
    assert not is_privacy("", False)


# ------------------------------------------------------------------- the upload file

ROW = {
    "establishment_name": "Lakeside Main",
    "ein": "123456789",
    "company_name": "Lakeside Family Medicine",
    "street_address": "410 Lakeside Drive, Suite 2",
    "city": "Madison",
    "state": "WI",
    "zip": "53703",
    "naics_code": "621111",
    "size": 21,
    "establishment_type": 1,
    "year_filing_for": 2026,
    "annual_average_employees": 28,
    "total_hours_worked": 48000,
    "no_injuries_illnesses": 1,
    **dict.fromkeys(itafile.COLUMNS[15:27], 0),
    "total_other_cases": 1,
    "total_injuries": 1,
}


def test_the_file_has_the_columns_of_the_dictionary():
    lines = list(csv.DictReader(io.StringIO(itafile.write([ROW]).decode())))
    assert list(lines[0]) == list(itafile.COLUMNS)
    assert len(itafile.COLUMNS) == 28
    assert lines[0]["street_address"] == "410 Lakeside Drive, Suite 2"
    assert lines[0]["total_other_cases"] == "1"
    assert lines[0]["change_reason"] == ""
    assert itafile.problems(ROW) == []


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"zip": ""}, ("zip", "missing")),
        ({"zip": "5370"}, ("zip", "digits")),
        ({"naics_code": "6211"}, ("naics_code", "digits")),
        ({"ein": "12-3456789"}, ("ein", "digits")),
        ({"total_hours_worked": 0}, ("total_hours_worked", "missing")),
        ({"total_hours_worked": 28 * 8761}, ("total_hours_worked", "hours")),
        ({"total_injuries": 2}, ("total_injuries", "sums")),
        ({"city": "x" * 101}, ("city", "long")),
    ],
)
def test_problems(values, problem):
    assert problem in itafile.problems({**ROW, **values})


def test_no_formula_gets_into_the_file():
    text = itafile.write([{**ROW, "company_name": '=cmd|"/c"!A1'}]).decode()
    assert "=" not in text and "|" not in text


@pytest.mark.parametrize(
    ("peak", "code"),
    [(0, 1), (19, 1), (20, 21), (99, 21), (100, 22), (249, 22), (250, 3)],
)
def test_size(peak, code):
    assert itafile.size_code(peak) == code
