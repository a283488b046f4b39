"""The list of assets that is read in: its columns, and what each row means.

``resolve`` turns names into ids and says, row by row, what does not fit; nothing is
written before every row fits.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from ..csvcells import Parser, choice, day, flag, identifier, number, text, whole
from ..csvproblems import TEXTS as CELL_TEXTS
from ..csvproblems import Problem
from ..csvread import Column, Row
from ..marked import _lt

MOST_ASSETS = 20_000
MOST_NAMES = 5  # that a remedy lists
GRADES = {"a": "a", "b": "b", "c": "c", "d": "d"}

TEXTS: dict[str, tuple[str, str]] = CELL_TEXTS | {
    "unknown_kind": (
        _lt('There is no asset type called "%(name)s".'),
        _lt(
            "Did you mean one of: %(known)s? Or add it under Configuration, Asset Types."
        ),
    ),
    "unknown_site": (
        _lt('There is no site "%(name)s".'),
        _lt("Use one of: %(known)s."),
    ),
    "unknown_room": (
        _lt('No room is called "%(name)s"%(where)s.'),
        _lt("Enter the name as on the Rooms page, or add the room first."),
    ),
    "room_twice": (
        _lt('Several sites have a room "%(name)s".'),
        _lt("Fill in the column Site: %(known)s."),
    ),
    "unknown_outlet": (
        _lt('The room has no outlet "%(name)s".'),
        _lt("Enter its number as on the Outlets page, or leave the cell empty."),
    ),
    "outlet_without_room": (
        _lt("An outlet is found by its room, and there is none."),
        _lt("Fill in the column Room, or leave this cell empty."),
    ),
    "unknown_vendor": (
        _lt('There is no vendor "%(name)s".'),
        _lt("Correct the name, or check “Create unknown vendors”."),
    ),
    "serial_twice": (
        _lt('Row %(other)s has the serial number "%(serial)s" already.'),
        _lt("Each serial number stands for one asset: correct or remove one of them."),
    ),
    "serial_known": (
        _lt('There is an asset with the serial number "%(serial)s".'),
        _lt("Remove the row, or check “Update known assets”."),
    ),
    "like_known": (
        _lt('There is "%(name)s" without a serial number in this room already.'),
        _lt(
            "Remove the row, check “Update known assets”, or give it a number or another "
            "name."
        ),
    ),
    "serial_foreign": (
        _lt('The serial number "%(serial)s" belongs to an asset you cannot see.'),
        _lt("Ask the administrator, or put the manufacturer's name before the number."),
    ),
    "warranty_first": (
        _lt("The warranty ends before the asset was bought."),
        _lt("Correct one of the two dates."),
    ),
}

_MONEY = number(0, 100_000_000, places=2)


def columns() -> list[Column]:
    """What a list of assets may hold; only a name and a kind are needed."""
    return [
        Column("name", "Name", text(128), aliases=("Asset", "Equipment")),
        Column("kind", "Kind", text(64), aliases=("Type", "Asset kind")),
        _maybe("site", "Site", text(64)),
        _maybe("room", "Room", text(64), "Location"),
        _maybe("serial", "Serial number", identifier(64), "Serial", "Serial no"),
        _maybe("model", "Model", identifier(64)),
        _maybe("vendor", "Vendor", text(128), "Supplier"),
        _maybe("vendor_ref", "Vendor reference", identifier(64)),
        _maybe("bought_on", "Bought on", day, "Purchase date"),
        _maybe("bought_for", "Bought for", _MONEY, "Purchase value", "Cost"),
        _maybe("replacement", "Replacement value", _MONEY),
        _maybe("warranty", "Warranty until", day, "Warranty", "Warranty date"),
        _maybe("life", "Expected life (years)", whole(0, 100), "Life", "Expected life"),
        _maybe("grade", "Condition", choice(GRADES), "Grade"),
        _maybe("amps", "Nameplate (A)", number(0, 5_000, places=2), "Amps"),
        _maybe("outlet", "Outlet", text(32)),
        _maybe("critical", "Critical", flag),
    ]


def _maybe(key: str, title: str, parse: Parser, *aliases: str) -> Column:
    return Column(key, title, parse, required=False, aliases=aliases)


@dataclass(frozen=True, slots=True)
class Known:
    """What the register has; names in lower case.

    ``rooms``: (site id, room name) -> room id. ``outlets``: (room id, name) -> outlet id.
    ``serials``: serial number in lower case -> asset id, None where it belongs to somebody
    else.
    ``unnumbered``: (room id or None, type id, name) -> ids of the assets there that have
    no serial number, in a lasting order.
    """

    kinds: Mapping[str, int] = field(default_factory=dict)
    kind_names: Sequence[str] = ()
    sites: Mapping[str, int] = field(default_factory=dict)
    site_names: Mapping[int, str] = field(default_factory=dict)
    rooms: Mapping[tuple[int, str], int] = field(default_factory=dict)
    outlets: Mapping[tuple[int, str], int] = field(default_factory=dict)
    vendors: Mapping[str, int] = field(default_factory=dict)
    serials: Mapping[str, int | None] = field(default_factory=dict)
    unnumbered: Mapping[tuple[int | None, int, str], Sequence[int]] = field(
        default_factory=dict
    )
    update: bool = False
    create_vendors: bool = False


@dataclass(frozen=True, slots=True)
class Asset:
    """One row understood; None: the cell was empty. ``known``: id of the asset that is
    updated. ``new_vendor``: name of a vendor to be made."""

    row: int
    name: str
    kind: int
    known: int | None
    room: int | None
    outlet: int | None
    vendor: int | None
    new_vendor: str | None
    serial: str | None
    model: str | None
    vendor_ref: str | None
    bought_on: date | None
    bought_for: Decimal | None
    replacement: Decimal | None
    warranty: date | None
    life: int | None
    grade: str | None
    amps: Decimal | None
    critical: bool | None


def resolve(rows: Iterable[Row], known: Known) -> tuple[list[Asset], list[Problem]]:
    """The assets of all rows that fit, and every problem of those that do not."""
    assets: list[Asset] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    spelled: dict[str, str] = {}
    unnumbered = {key: list(ids) for key, ids in known.unnumbered.items()}
    for row in rows:
        resolver = _Resolver(row, known, seen, spelled, unnumbered)
        asset = resolver.asset()
        problems += resolver.problems
        if asset and not resolver.problems:
            assets.append(asset)
    return assets, problems


class _Resolver:
    """Looks up the names of one row and collects what does not fit."""

    def __init__(
        self,
        row: Row,
        known: Known,
        seen: dict[str, int],
        spelled: dict[str, str],
        unnumbered: dict[tuple[int | None, int, str], list[int]],
    ) -> None:
        self.row = row
        self.known = known
        self.seen = seen
        self.spelled = spelled  # vendors to be made, as the first row writes them
        self.unnumbered = unnumbered
        self.problems: list[Problem] = []

    def wrong(self, title: str, code: str, **values: object) -> None:
        said = {key: str(value) for key, value in values.items()}
        self.problems.append(Problem(self.row.number, title, code, said))

    def _text(self, key: str) -> str | None:
        return self.row.maybe(key, str) or None

    def asset(self) -> Asset | None:
        take, maybe = self.row.take, self.row.maybe
        kind = self._kind()
        room = self._room()
        vendor, new_vendor = self._vendor()
        bought_on, warranty = maybe("bought_on", date), maybe("warranty", date)
        if bought_on and warranty and warranty < bought_on:
            self.wrong("Warranty until", "warranty_first")
        known, outlet = self._serial(), self._outlet(room)
        if kind is None:
            return None
        if not self._text("serial"):
            known = self._like_known(room, kind)
        return Asset(
            row=self.row.number,
            name=take("name", str),
            kind=kind,
            known=known,
            room=room,
            outlet=outlet,
            vendor=vendor,
            new_vendor=new_vendor,
            serial=self._text("serial"),
            model=self._text("model"),
            vendor_ref=self._text("vendor_ref"),
            bought_on=bought_on,
            bought_for=maybe("bought_for", Decimal),
            replacement=maybe("replacement", Decimal),
            warranty=warranty,
            life=maybe("life", int),
            grade=maybe("grade", str),
            amps=maybe("amps", Decimal),
            critical=maybe("critical", bool),
        )

    def _kind(self) -> int | None:
        name = self.row.take("kind", str)
        found = self.known.kinds.get(name.casefold())
        if found is None:
            listed = ", ".join(self._near(name, self.known.kind_names))
            self.wrong("Kind", "unknown_kind", name=name, known=listed)
        return found

    @staticmethod
    def _near(name: str, names: Sequence[str]) -> Sequence[str]:
        """The names most like ``name``; the first ones where none is."""
        plain = {one.casefold(): one for one in names}
        near = get_close_matches(name.casefold(), plain, MOST_NAMES, 0.4)
        return [plain[one] for one in near] or names[:MOST_NAMES]

    def _room(self) -> int | None:
        site_name, name = self._text("site"), self._text("room")
        site = None
        if site_name:
            site = self.known.sites.get(site_name.casefold())
            if site is None:
                listed = ", ".join(self.known.site_names.values())
                self.wrong("Site", "unknown_site", name=site_name, known=listed)
                return None
        if not name:
            return None
        places = {
            at: room
            for at in ([site] if site else self.known.site_names)
            if (room := self.known.rooms.get((at, name.casefold()))) is not None
        }
        if not places:
            where = f" in {site_name}" if site_name else ""
            self.wrong("Room", "unknown_room", name=name, where=where)
            return None
        if len(places) > 1:
            sites = ", ".join(self.known.site_names.get(at, "") for at in places)
            self.wrong("Room", "room_twice", name=name, known=sites)
            return None
        return next(iter(places.values()))

    def _outlet(self, room: int | None) -> int | None:
        name = self._text("outlet")
        if not name:
            return None
        if not self._text("room"):
            self.wrong("Outlet", "outlet_without_room")
            return None
        if room is None:
            return None  # the room is wrong; that is said already
        found = self.known.outlets.get((room, name.casefold()))
        if found is None:
            self.wrong("Outlet", "unknown_outlet", name=name)
        return found

    def _vendor(self) -> tuple[int | None, str | None]:
        name = self._text("vendor")
        if not name:
            return None, None
        found = self.known.vendors.get(name.casefold())
        if found is None and not self.known.create_vendors:
            self.wrong("Vendor", "unknown_vendor", name=name)
        if found is None:
            return None, self.spelled.setdefault(name.casefold(), name)
        return found, None

    def _serial(self) -> int | None:
        """The id of the asset that has this serial number already and is updated."""
        serial = self._text("serial")
        if not serial:
            return None
        key = serial.casefold()
        if key in self.seen:
            other = self.seen[key]
            self.wrong("Serial number", "serial_twice", serial=serial, other=other)
            return None
        self.seen[key] = self.row.number
        if key not in self.known.serials:
            return None
        found = self.known.serials[key]
        if found is None:
            self.wrong("Serial number", "serial_foreign", serial=serial)
        elif not self.known.update:
            self.wrong("Serial number", "serial_known", serial=serial)
        return found

    def _like_known(self, room: int | None, kind: int) -> int | None:
        """The id of an asset without a serial number that this row describes again.

        Four chairs of a room are four rows: each row meets one of them, so that a list
        which is read twice makes none twice.
        """
        name = self.row.take("name", str)
        if self._text("room") and room is None:
            return None  # the room is wrong; that is said already
        alike = self.unnumbered.get((room, kind, name.casefold()))
        if not alike:
            return None
        if not self.known.update:
            self.wrong("Name", "like_known", name=name)
        return alike.pop(0)
