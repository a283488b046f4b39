"""The supply catalog as a CSV file: a row per item and vendor, a dry run."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ... import csvcells
from ...csvproblems import TEXTS, Problem
from ...csvread import Column, Row, read_table
from ...marked import _lt

CATEGORIES = ("office", "medical", "vaccine", "sample", "controlled", "ppe")
STORAGE = ("room", "refrigerator", "freezer", "ultracold")
LATEX = ("free", "contains", "unknown")

CATALOG_TEXTS: dict[str, tuple[str, str]] = TEXTS | {
    "check_digit": (
        _lt("The check digit of barcode %(cell)s is wrong."),
        _lt("Scan it again; it should end in %(digit)s."),
    ),
    "barcode_length": (
        _lt("%(cell)s is not a GTIN barcode."),
        _lt("It has 8, 12, 13 or 14 digits. Format the column as text."),
    ),
    "same_vendor_twice": (
        _lt('Item %(code)s from "%(vendor)s" is already in row %(other)s.'),
        _lt("Keep one of the two rows."),
    ),
    "same_item_differs": (
        _lt("Item %(code)s has another %(title)s in row %(other)s."),
        _lt("Rows of the same item must agree on everything but vendor and price."),
    ),
    "barcode_taken": (
        _lt("Barcode %(cell)s belongs to item %(code)s (row %(other)s)."),
        _lt("One barcode is one item."),
    ),
    "price_without_vendor": (
        _lt("There is a price but no vendor."),
        _lt("Name the vendor, or leave the price empty."),
    ),
    "contract_without_price": (
        _lt("There is a contract price but no price."),
        _lt("Enter the price that is paid today as well."),
    ),
    "pack_and_minimum": (
        _lt("The minimum order %(minimum)s is not a multiple of the pack %(pack)s."),
        _lt("Enter whole packs."),
    ),
}


def barcode(cell: str) -> str:
    """A GTIN-8, -12, -13 or -14 with a right check digit (GS1 General Specifications
    7.9: weights 3 and 1 from the right)."""
    if not cell.isascii() or not cell.isdigit() or len(cell) not in (8, 12, 13, 14):
        raise csvcells.CellError("barcode_length", cell=cell[:40])
    body = cell[-2::-1]
    total = sum(int(d) * (3 if place % 2 == 0 else 1) for place, d in enumerate(body))
    digit = str(-total % 10)
    if cell[-1] != digit:
        raise csvcells.CellError("check_digit", cell=cell, digit=digit)
    return cell


def _one_of(options: Sequence[str]) -> csvcells.Parser:
    return csvcells.choice({option: option for option in options})


_PRICE = csvcells.number(0, 1_000_000, 4)
_DAYS = csvcells.whole(0, 3650)

COLUMNS = (
    Column("code", "Item code", csvcells.code(), aliases=("SKU", "Internal reference")),
    # of new items alone: a price list has none of these
    Column(
        "name", "Name", csvcells.text(120), required=False, aliases=("Description",)
    ),
    Column("category", "Category", _one_of(CATEGORIES), required=False),
    Column(
        "unit",
        "Unit",
        csvcells.text(20),
        required=False,
        aliases=("UoM", "Unit of measure"),
    ),
    Column("barcode", "Barcode", barcode, required=False, aliases=("GTIN", "UPC")),
    Column("storage", "Storage", _one_of(STORAGE), required=False),
    Column("latex", "Latex", _one_of(LATEX), required=False),
    Column("hazardous", "Hazardous", csvcells.flag, required=False),
    Column("lots", "Track lots", csvcells.flag, required=False),
    Column("shelf_days", "Shelf life (days)", _DAYS, required=False),
    Column("vendor", "Vendor", csvcells.text(120), required=False, default=""),
    Column("vendor_code", "Vendor code", csvcells.code(), required=False),
    Column(
        "pack",
        "Pack size",
        csvcells.number(Decimal("0.001"), 100_000, 3),
        required=False,
    ),
    Column(
        "minimum",
        "Minimum order",
        csvcells.number(0, 1_000_000, 3),
        required=False,
    ),
    Column("price", "Price", _PRICE, required=False, aliases=("Unit price",)),
    Column("contract", "Contract price", _PRICE, required=False),
    Column("lead_days", "Lead time (days)", _DAYS, required=False),
)
# what a new item or vendor's row is where the file is silent
_DEFAULTS = {"name": "", "category": "", "unit": "",
             "storage": "room", "latex": "unknown", "hazardous": False, "lots": False,
             "barcode": "", "vendor_code": "", "pack": Decimal(1),
             "minimum": Decimal(0)}  # fmt: skip
_ITEM_KEYS = ("name", "category", "unit", "barcode", "storage", "latex", "hazardous",
              "lots", "shelf_days")  # fmt: skip


@dataclass(frozen=True, slots=True)
class VendorRow:
    """A vendor's terms for an item: prices in dollars a unit, pack and minimum in
    units, lead time in calendar days; None where the file is silent."""

    row: int
    vendor: str
    vendor_code: str
    pack: Decimal
    minimum: Decimal
    price: Decimal | None
    contract: Decimal | None
    lead_days: int | None
    given: frozenset[str] = frozenset()  # keys of the cells that say something


@dataclass(frozen=True, slots=True)
class CatalogItem:
    """An item with its vendors as the file orders them; shelf life in calendar days.
    ``name``, ``category`` and ``unit`` are empty where the file is silent."""

    row: int
    code: str
    name: str
    category: str
    unit: str
    barcode: str
    storage: str
    latex: str
    hazardous: bool
    lots: bool
    shelf_days: int | None
    vendors: tuple[VendorRow, ...]
    given: frozenset[str] = frozenset()  # keys of the cells that say something


@dataclass(frozen=True, slots=True)
class Catalog:
    """The good items of a file, and a problem for everything else."""

    items: tuple[CatalogItem, ...]
    errors: tuple[Problem, ...]
    ignored: tuple[str, ...] = ()


def read_catalog(data: bytes) -> Catalog:
    """Read a catalog file without writing anything.

    :return: items whose rows are all good, in the order of the file. A bad row takes
        only itself out; a row that contradicts an earlier one is the bad one.
    """
    table = read_table(data, COLUMNS)
    errors = list(table.errors)
    first: dict[str, Row] = {}
    vendors: dict[str, dict[str, VendorRow]] = {}
    barcodes: dict[str, Row] = {}
    for row in table.rows:
        code = row.take("code", str).casefold()
        problems = _contradictions(row, first.get(code), barcodes)
        problems += _vendor_problems(row, vendors.get(code, {}))
        if problems:
            errors += problems
            continue
        first.setdefault(code, row)
        gtin = row.maybe("barcode", str)
        if gtin:
            barcodes.setdefault(gtin, row)
        found = vendors.setdefault(code, {})
        if row.take("vendor", str):
            found[row.take("vendor", str).casefold()] = _vendor(row)
    items = tuple(
        _item(row, tuple(vendors[code].values())) for code, row in first.items()
    )
    errors.sort(key=lambda problem: problem.row)
    return Catalog(items, tuple(errors), table.ignored)


def _contradictions(
    row: Row, earlier: Row | None, barcodes: dict[str, Row]
) -> list[Problem]:
    code = row.take("code", str)
    problems = []
    if earlier is not None:
        other = str(earlier.number)
        for column in COLUMNS:
            same = row.values[column.key] == earlier.values[column.key]
            if column.key in _ITEM_KEYS and not same:
                said = {"code": code, "title": column.title, "other": other}
                where = (row.number, column.title, "same_item_differs")
                problems.append(Problem(*where, said))
    gtin = row.maybe("barcode", str)
    owner = barcodes.get(gtin) if gtin else None
    if owner is not None and owner.take("code", str).casefold() != code.casefold():
        said = {
            "cell": str(gtin),
            "code": owner.take("code", str),
            "other": str(owner.number),
        }
        problems.append(Problem(row.number, "Barcode", "barcode_taken", said))
    return problems


def _vendor_problems(row: Row, known: dict[str, VendorRow]) -> list[Problem]:
    vendor = row.take("vendor", str)
    price, contract = row.maybe("price", Decimal), row.maybe("contract", Decimal)
    values = _filled(row)
    pack, minimum = values["pack"], values["minimum"]
    problems = []
    other = known.get(vendor.casefold())
    if other is not None:
        said = {
            "code": row.take("code", str),
            "vendor": vendor,
            "other": str(other.row),
        }
        problems.append(Problem(row.number, "Vendor", "same_vendor_twice", said))
    if not vendor and (price is not None or contract is not None):
        problems.append(Problem(row.number, "Vendor", "price_without_vendor"))
    elif contract is not None and price is None:
        problems.append(Problem(row.number, "Price", "contract_without_price"))
    if minimum % pack:
        said = {"minimum": str(minimum), "pack": str(pack)}
        problems.append(Problem(row.number, "Minimum order", "pack_and_minimum", said))
    return problems


def _filled(row: Row) -> dict[str, Any]:
    """The cells of a row; of those that say nothing, what is meant by that."""
    said = {key: value for key, value in row.values.items() if value is not None}
    return _DEFAULTS | said


def _given(row: Row) -> frozenset[str]:
    return frozenset(
        key for key, value in row.values.items() if value not in (None, "")
    )


def _vendor(row: Row) -> VendorRow:
    cells = _filled(row)
    return VendorRow(
        row.number,
        cells["vendor"],
        cells["vendor_code"],
        cells["pack"],
        cells["minimum"],
        cells.get("price"),
        cells.get("contract"),
        cells.get("lead_days"),
        _given(row),
    )


def _item(row: Row, vendors: tuple[VendorRow, ...]) -> CatalogItem:
    cells = _filled(row)
    return CatalogItem(
        row.number,
        cells["code"],
        cells["name"],
        cells["category"],
        cells["unit"],
        cells["barcode"],
        cells["storage"],
        cells["latex"],
        cells["hazardous"],
        cells["lots"],
        cells.get("shelf_days"),
        vendors,
        _given(row),
    )
