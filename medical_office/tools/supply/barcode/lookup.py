"""Which item of a catalog a code is, and how many units it counts.

Whole codes are compared, never parts of them: a package level has its own number, and a
shorter number does not match inside a longer one. A code that two items share asks which.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from .carton import EAN, GS1, GTIN, HIBC, NDC, UPC, Carton
from .digits import check_digit
from .problems import Problem

Codes = Mapping[str, Collection["Pack"]]
_NUMBERED = (GS1, UPC, EAN, GTIN)


@dataclass(frozen=True, slots=True)
class Pack:
    """One code of an item.

    :ivar item: the item, as the caller names it
    :ivar units: how many units of stock the code counts (a case its pack); None: unknown
    :ivar level: HIBC unit of measure it is for; None: for all of them
    """

    item: str
    units: int | None = 1
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Catalog:
    """Codes of items: GTIN as 14 digits, HIBC labeler and item, NDC of ten digits,
    vendor's own code; each with the items that have it."""

    gtin: Codes = field(default_factory=dict)
    hibc: Codes = field(default_factory=dict)
    ndc: Codes = field(default_factory=dict)
    vendor: Codes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """The item and the units it counts, or a problem and the items to choose from."""

    item: str = ""
    units: int | None = None
    problem: Problem | None = None
    choices: tuple[str, ...] = ()


def find(carton: Carton, catalog: Catalog, text: str = "") -> Found:
    """The item that a carton is, by exact match.

    :param text: what was scanned or typed; looked up as a vendor's code if it follows no
        standard
    :returns: item and units; a problem if the carton was not read, no or several items
        have its code, or nobody says how many units it counts
    """
    own = catalog.vendor.get(text.strip(), ())
    if own and not carton.item:
        return _one(Carton(carton.standard, item=text.strip()), own)
    if not carton.item:
        problem = carton.problems[0] if carton.problems else Problem("item_missing")
        return Found(problem=problem)
    packs = _packs(carton, catalog)
    if packs:
        return _one(carton, packs)
    base = _base_packs(carton, catalog)
    if base:
        return _asks("package_unknown", carton.item, base)
    return Found(problem=Problem("not_found", {"code": carton.item}))


def find_lot(lot: str, items: Collection[str]) -> Found:
    """The item of a lot number that was typed without its item.

    :param items: the items of which a lot with exactly this number exists
    """
    if not items:
        return Found(problem=Problem("not_found", {"code": lot}))
    if len(set(items)) == 1:
        return Found(item=next(iter(items)))
    names = tuple(sorted(set(items)))
    values = {"lot": lot, "items": ", ".join(names)}
    return Found(problem=Problem("which_lot", values), choices=names)


def _packs(carton: Carton, catalog: Catalog) -> Collection[Pack]:
    if carton.standard == HIBC:
        packs = catalog.hibc.get(carton.item, ())
        return [pack for pack in packs if pack.level in (None, carton.level)]
    if carton.standard == NDC:
        return catalog.ndc.get(carton.item, ())
    found = catalog.gtin.get(carton.item, ())
    if not found and carton.ndc and not carton.level:
        return catalog.ndc.get(carton.ndc, ())
    return found


def _base_packs(carton: Carton, catalog: Catalog) -> Collection[Pack]:
    """The items whose package the carton is, by the digits without level and check."""
    if carton.standard not in _NUMBERED or not carton.level or carton.level == 9:
        return ()
    base = "0" + carton.item[1:13]
    number = base + str(check_digit(base))
    return catalog.gtin.get(number, ()) or catalog.ndc.get(carton.ndc, ())


def _one(carton: Carton, packs: Collection[Pack]) -> Found:
    if len({pack.item for pack in packs}) > 1:
        return _asks("which_item", carton.item, packs)
    known = {pack.units for pack in packs}
    item = next(iter(packs)).item
    units = known.pop() if len(known) == 1 else None
    return _counted(carton, item, units)


def _counted(carton: Carton, item: str, units: int | None) -> Found:
    """Units by the code's own count and by the catalog; they may not disagree."""
    said = carton.quantity
    missing = [one for one in carton.problems if one.code == "count_missing"]
    if missing:
        return Found(item, None, missing[0])
    if said is not None and carton.contained and units is not None:
        return Found(item, said * units)
    if said is not None and units in (None, 1, said):
        return Found(item, said)
    if said is not None:
        values = {"code": carton.item, "said": str(said), "known": str(units)}
        return Found(item, None, Problem("pack_differs", values))
    if units is None or carton.level == 9:
        return Found(item, None, Problem("pack_unknown", {"code": carton.item}))
    return Found(item, units)


def _asks(code: str, number: str, packs: Collection[Pack]) -> Found:
    names = tuple(sorted({pack.item for pack in packs}))
    values = {"code": number, "items": ", ".join(names)}
    return Found(problem=Problem(code, values), choices=names)
