"""The item that a scanned or typed code is, among the items of the database."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ...tools.supply.barcode import (
    Carton,
    Catalog,
    Found,
    Pack,
    Problem,
    find,
    gtin14,
    read,
)
from ...tools.supply.barcode.digits import check_digit
from ...tools.supply.barcode.lookup import find_lot
from ...tools.supply.barcode.problems import TEXTS, Unreadable
from ..core.sentences import language, sentence


@dataclass(frozen=True, slots=True)
class Scanned:
    """What was scanned.

    :ivar carton: what the code itself says
    :ivar product: the item; an empty recordset if it is not known or not plain
    :ivar lot: lot number, from the code or because that is what was typed
    :ivar units: how many of the item's unit it counts; None: nobody says
    :ivar problem: why there is no item or no count
    :ivar choices: the items among which somebody has to choose
    """

    carton: Carton
    product: Any
    lot: str
    units: int | None
    problem: Problem | None
    choices: Any


def why_not(env: Any, problem: Problem) -> str:
    """Why a code was not read and what to do, in the user's language."""
    return sentence(language(env), TEXTS[problem.code], problem.values)


def item_of(env: Any, text: str, today: date) -> Scanned:
    """Look a code up by exact match: barcodes of items and of their packs with and
    without zeros in front, item codes, vendors' codes, lot numbers.

    :param env: an environment that may read items and lots
    :param today: for the century of two-digit years
    """
    carton = read(text, today)  # a blank at the end may be HIBC's check character
    text = text.strip()
    products = env["product.product"]
    names: dict[str, Any] = {}
    found = find(carton, _catalog(env, carton, text, names), text)
    if found.item or found.choices:
        return _scanned(carton, found, names, products, carton.lot)
    own = _own_codes(env, text, names)
    if own:
        # a number that looks like a GTIN may be somebody's own code
        plain = Carton(carton.standard)
        found = find(plain, Catalog(vendor={text: own}), text)
        return _scanned(carton, found, names, products, "")
    if not carton.item:
        lots = env["stock.lot"].search([("name", "=", text)]) if text else ()
        if lots:
            items = [_name(lot.product_id, names) for lot in lots]
            found = find_lot(text, items)
            one = Found(found.item, 1 if found.item else None, found.problem,
                        found.choices)  # fmt: skip
            return _scanned(carton, one, names, products, text)
    return _scanned(carton, found, names, products, carton.lot)


def chosen(scanned: Scanned, product_id: int) -> Scanned:
    """The same, once somebody said which of its ``choices`` it is.

    How many are in a package that the catalog does not know stays unsaid.
    """
    if scanned.product or product_id not in scanned.choices.ids:
        return scanned
    product = scanned.choices.browse(product_id)
    if scanned.problem and scanned.problem.code == "package_unknown":
        return replace(scanned, product=product)
    units = scanned.units or scanned.carton.quantity or 1
    return replace(scanned, product=product, units=units, problem=None)


def _scanned(
    carton: Carton, found: Found, names: dict[str, Any], products: Any, lot: str
) -> Scanned:
    return Scanned(
        carton,
        names.get(found.item, products),
        lot,
        found.units,
        found.problem,
        products.union(*(names[name] for name in found.choices)),
    )


def _name(product: Any, names: dict[str, Any]) -> str:
    """A name by which people know the item, and by which it is found again."""
    name = str(product.display_name)
    if names.get(name, product) != product:
        name = f"{name} #{product.id}"
    names[name] = product
    return name


def _spellings(item: str) -> set[str]:
    """A code as it may be stored: a GTIN with fewer zeros in front."""
    spelled = {item}
    if len(item) == 14 and item.isdigit():
        spelled |= {item[cut:] for cut in (1, 2, 6) if not item[:cut].strip("0")}
    return spelled


def _wanted(carton: Carton) -> set[str]:
    item = carton.item
    if not item:
        return set()
    wanted = _spellings(item)
    if carton.ndc:
        wanted.add(carton.ndc)
    if len(item) == 14 and item.isdigit() and item[0] != "0":
        base = "0" + item[1:13]
        wanted |= _spellings(base + str(check_digit(base)))
    return wanted


def _catalog(env: Any, carton: Carton, text: str, names: dict[str, Any]) -> Catalog:
    """The codes of the items that this carton could be."""
    codes: dict[str, list[Pack]] = defaultdict(list)
    for barcode, product, units in _barcodes(env, _wanted(carton)):
        try:
            key = gtin14(barcode)
        except Unreadable:
            key = barcode
        codes[key].append(Pack(_name(product, names), units))
    own = {} if carton.item else {text: _own_codes(env, text, names)}
    vendor = {code: packs for code, packs in own.items() if packs}
    return Catalog(gtin=codes, hibc=codes, ndc=codes, vendor=vendor)


def _barcodes(env: Any, codes: set[str]) -> list[tuple[str, Any, int | None]]:
    """[(barcode, item, units it counts)]"""
    wanted = [("barcode", "in", sorted(codes))]
    found: list[tuple[str, Any, int | None]] = [
        (product.barcode, product, 1)
        for product in env["product.product"].search(wanted)
    ]
    for pack in env["product.uom"].search(wanted):
        units = pack.uom_id._compute_quantity(1, pack.product_id.uom_id, round=False)
        whole = round(units)
        exact = whole if whole and abs(units - whole) < 1e-6 else None
        found.append((pack.barcode, pack.product_id, exact))
    return found


def _own_codes(env: Any, text: str, names: dict[str, Any]) -> list[Pack]:
    """Items with exactly this item code, barcode or vendor's code; case as people type
    it, but no character stands for another."""
    if not text:
        return []
    products = env["product.product"]
    pattern = "".join(f"\\{c}" if c in "\\%_" else c for c in text)
    found = products.search(
        ["|", ("default_code", "=ilike", pattern), ("barcode", "=", text)]
    )
    if not found:
        terms = env["product.supplierinfo"].search([("product_code", "=", text)])
        found = products.union(
            *(
                term.product_id or term.product_tmpl_id.product_variant_id
                for term in terms
            )
        )
    return [Pack(_name(product, names), 1) for product in found]
