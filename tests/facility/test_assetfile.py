"""A list of assets: what is read, and what each bad row is told."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest
from tools.csvread import read_table
from tools.facility.assetfile import TEXTS, Known, columns, resolve

HEAD = "Name,Kind,Site,Room,Serial number,Vendor,Bought on,Warranty until,Outlet\n"
REGISTER = Known(
    kinds={"ecg": 1, "fire extinguisher": 2, "fire_extinguisher": 2},
    kind_names=("ECG", "Fire extinguisher"),
    sites={"main": 10, "north": 20},
    site_names={10: "Main", 20: "North"},
    rooms={(10, "exam 1"): 101, (20, "exam 1"): 201, (10, "lab"): 102},
    outlets={(102, "l-01"): 9},
    vendors={"acme": 7},
    serials={"s-1": 55, "s-2": None},
)


def read(*lines, known=REGISTER):
    table = read_table((HEAD + "\n".join(lines)).encode(), columns())
    assets, problems = resolve(table.rows, known)
    return assets, [*table.errors, *problems]


def test_a_full_row():
    [asset], problems = read("ECG 1,ecg,Main,Exam 1,S-9,Acme,3/1/2024,2027-03-01,")
    assert not problems
    assert (asset.row, asset.kind, asset.room, asset.vendor) == (2, 1, 101, 7)
    assert (asset.bought_on, asset.warranty) == (date(2024, 3, 1), date(2027, 3, 1))


def test_name_and_kind_are_enough():
    [asset], problems = read("Extinguisher,fire_extinguisher,,,,,,,")
    assert not problems
    assert (asset.kind, asset.room, asset.serial) == (2, None, None)


@pytest.mark.parametrize(
    ("line", "field", "said"),
    [
        ("ECG,EKG,,,,,,,", "Kind", 'called "EKG". Did you mean one of: ECG?'),
        (",ecg,,,,,,,", "Name", "Fill it in"),
        ("A,ecg,South,Exam 1,,,,,", "Site", "Use one of: Main, North"),
        ("A,ecg,,Exam 1,,,,,", "Room", "Fill in the column Site: Main, North"),
        ("A,ecg,Main,Exam 9,,,,,", "Room", '"Exam 9" in Main'),
        ("A,ecg,,Lab,,,,,L-7", "Outlet", 'no outlet "L-7"'),
        ("A,ecg,,,,,,,L-01", "Outlet", "Fill in the column Room"),
        ("A,ecg,,,,Acmee,,,", "Vendor", "Create unknown vendors"),
        ("A,ecg,,,S-1,,,,", "Serial number", "Update known assets"),
        ("A,ecg,,,S-2,,,,", "Serial number", "you cannot see"),
        ("A,ecg,,,,,2026-05-01,2025-05-01,", "Warranty until", "Correct one"),
        ("A,ecg,,,,,yesterday,,", "Bought on", "2026-11-24 or 11/24/2026"),
        ("A,ecg,,,1.23457E+11,,,,", "Serial number", "shortened by a spreadsheet"),
        ("=1+1,ecg,,,,,,,", "Name", "starts like a spreadsheet formula"),
    ],
)
def test_a_bad_row_is_told_its_place_and_the_remedy(line, field, said):
    assets, problems = read("ECG 1,ecg,,,,,,,", line)
    assert [a.row for a in assets] == [2]
    [problem] = problems
    assert (problem.row, problem.field) == (3, field)
    assert said in problem.english(TEXTS)


def test_all_that_is_wrong_in_a_row_is_said_at_once():
    _assets, problems = read("A,EKG,South,,S-1,Acmee,,,")
    assert [p.field for p in problems] == ["Kind", "Site", "Vendor", "Serial number"]


def test_a_serial_number_twice_in_the_file():
    assets, problems = read("A,ecg,,,X,,,,", "B,ecg,,,x,,,,")
    assert [a.row for a in assets] == [2]
    assert "Row 2 has the serial number" in problems[0].english(TEXTS)


def test_known_serials_are_updated_and_unknown_vendors_made_when_asked():
    known = Known(
        kinds=REGISTER.kinds,
        vendors=REGISTER.vendors,
        serials=REGISTER.serials,
        update=True,
        create_vendors=True,
    )
    [asset], problems = read("A,ecg,,,S-1,Newco,,,", known=known)
    assert not problems
    assert (asset.known, asset.vendor, asset.new_vendor) == (55, None, "Newco")
    assets, problems = read("A,ecg,,,s-1,Newco,,,", "B,ecg,,,,NEWCO,,,", known=known)
    assert [(one.known, one.new_vendor) for one in assets] == [
        (55, "Newco"),
        (None, "Newco"),
    ]


CHAIRS = {(102, 1, "chair"): [70, 71]}


def test_a_list_without_serials_read_twice_doubles_nothing():
    known = dataclasses.replace(REGISTER, unnumbered=CHAIRS, update=True)
    lines = ["Chair,ecg,Main,Lab,,,,,"] * 3
    assets, problems = read(*lines, known=known)
    assert not problems
    assert [asset.known for asset in assets] == [70, 71, None]
    # another room, another type and one with a number are other assets
    others = ["Chair,ecg,Main,Exam 1,,,,,", "Chair,ecg,Main,Lab,S-9,,,,"]
    assets, problems = read(*others, known=known)
    assert [asset.known for asset in assets] == [None, None]
    assert CHAIRS == {(102, 1, "chair"): [70, 71]}


def test_a_known_asset_without_a_serial_is_named():
    known = dataclasses.replace(REGISTER, unnumbered=CHAIRS)
    assets, problems = read("chair,ecg,Main,Lab,,,,,", known=known)
    assert not assets
    assert "Update known assets" in problems[0].english(TEXTS)


def test_money_is_exact():
    table = read_table(b'Name,Kind,Cost\nA,ecg,"$1,234.50"\n', columns())
    [asset], _problems = resolve(table.rows, REGISTER)
    assert asset.bought_for == Decimal("1234.50")
