"""The catalog file: good rows, and every kind of bad one named with its place."""

from decimal import Decimal as D

import pytest
from tools.supply.item.catalog import CATALOG_TEXTS, read_catalog

HEADER = (
    "Item code,Name,Category,Unit,Barcode,Vendor,Pack size,Minimum order,Price,"
    "Contract price\n"
)


def read(*rows: str):
    return read_catalog((HEADER + "\n".join(rows)).encode())


def test_rows_of_one_item_become_its_vendors() -> None:
    catalog = read(
        "A1,Swab,medical,each,,Meridian,50,,0.10,0.09",
        "A1,Swab,medical,each,,Clearwater,1,,0.12,",
    )
    (item,) = catalog.items
    assert (item.code, item.storage, item.latex, item.lots) == (
        "A1",
        "room",
        "unknown",
        False,
    )
    assert [(v.vendor, v.pack, v.price, v.contract) for v in item.vendors] == [
        ("Meridian", D(50), D("0.10"), D("0.09")),
        ("Clearwater", D(1), D("0.12"), None),
    ]


@pytest.mark.parametrize(
    ("rows", "where", "text"),
    [
        (["A1,Swab,medicine,each,,,,,,"], "Row 2, Category", "not allowed"),
        ([",Swab,medical,each,,,,,,"], "Row 2, Item code", "empty"),
        (["A1,Swab,medical,each,4006381333932,,,,,"], "Row 2, Barcode", "check digit"),
        (["A1,Swab,medical,each,12345,,,,,"], "Row 2, Barcode", "not a GTIN"),
        (["A1,Swab,medical,each,,,,,1.00,"], "Row 2, Vendor", "no vendor"),
        (["A1,Swab,medical,each,,M,,,,2.00"], "Row 2, Price", "no price"),
        (
            ["A1,Swab,medical,each,,M,10,25,1.00,"],
            "Row 2, Minimum order",
            "not a multiple",
        ),
        (["A1,Swab,medical,each,,M,,,-1,"], "Row 2, Price", "below"),
        (["A1,=1+1,medical,each,,,,,,"], "Row 2, Name", "formula"),
        (
            ["A1,Swab,medical,each,,M,,,1,", "A1,Swab,medical,each,,m,,,2,"],
            "Row 3, Vendor",
            "already in row 2",
        ),
        (
            ["A1,Swab,medical,each,,,,,,", "A1,Swab,office,each,,,,,,"],
            "Row 3, Category",
            "another Category in row 2",
        ),
        (
            ["A1,Swab,medical,each,96385074,,,,,", "A2,Cup,medical,each,96385074,,,,,"],
            "Row 3, Barcode",
            "belongs to item A1",
        ),
    ],
)
def test_bad_rows(rows: list[str], where: str, text: str) -> None:
    problems = [p.english(CATALOG_TEXTS) for p in read(*rows).errors]
    assert len(problems) == 1
    assert problems[0].startswith(where)
    assert text in problems[0]


def test_what_the_cells_say_and_what_they_leave_open() -> None:
    (item,) = read("a1,Swab,medical,each,,Meridian,,,0.10,").items
    assert item.given == {"code", "name", "category", "unit", "vendor", "price"}
    assert item.vendors[0].given == item.given
    assert (item.vendors[0].pack, item.vendors[0].minimum) == (1, 0)


def test_codes_that_differ_by_case_are_one_item() -> None:
    rows = ("A1,Swab,medical,each,,Meridian,,,1,", "a1,Swab,medical,each,,Other,,,2,")
    (item,) = read(*rows).items
    assert [one.vendor for one in item.vendors] == ["Meridian", "Other"]


def test_a_bad_row_takes_only_itself_out() -> None:
    catalog = read("A1,Swab,medical,each,,,,,,", "A2,Cup,nonsense,each,,,,,,")
    assert [item.code for item in catalog.items] == ["A1"]
    assert len(catalog.errors) == 1
