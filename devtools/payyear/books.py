"""What a year's payments left behind: entries, each with its day and whose day it is."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from tools.money import ZERO
from tools.payroll.slip.slipfacts import Item, Totals

SLIP, VOID, OPENING, SETTLE = "slip", "void", "opening", "settle"


@dataclass(frozen=True, slots=True)
class Entry:
    """One item in the books, signed as on the payslip.

    ``entered`` is the day on which it came into the books, ``belongs`` the day of the
    payment it is about: they differ for a void. ``month_of`` is the day whose month's
    limits it counts against: that of the payment which it pays again.
    """

    source: str
    ref: str
    entered: date
    belongs: date
    code: str
    key: str
    name: str
    amount: Decimal
    wages: Decimal = ZERO
    taxed: Decimal = ZERO
    month_of: date | None = None

    @property
    def month(self) -> tuple[int, int]:
        """The month whose limits it counts against."""
        day = self.month_of or self.belongs
        return day.year, day.month


@dataclass
class Books:
    """All entries in the order in which they were made."""

    entries: list[Entry] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def post(
        self, ref: str, day: date, items: Iterable[Item], month_of: date | None = None
    ) -> None:
        """Put the items of a payslip into the books."""
        for i in items:
            self.entries.append(
                Entry(
                    SLIP,
                    ref,
                    day,
                    day,
                    i.code,
                    i.key,
                    i.name,
                    i.amount,
                    i.wages,
                    i.taxed,
                    month_of,
                )
            )

    def take_back(self, ref: str, day: date) -> None:
        """Mirror what a payment left, on the day of its void."""
        for entry in self.of(ref):
            self.entries.append(
                replace(
                    entry,
                    source=VOID,
                    entered=day,
                    amount=-entry.amount,
                    wages=-entry.wages,
                    taxed=-entry.taxed,
                )
            )

    def of(self, ref: str) -> list[Entry]:
        """The entries of one payment, its void not among them."""
        return [e for e in self.entries if e.ref == ref and e.source == SLIP]

    def year(self, year: int) -> list[Entry]:
        """The entries about payments of a calendar year."""
        return [e for e in self.entries if e.belongs.year == year]

    def years(self) -> list[int]:
        """The years in which something was paid here."""
        return sorted({e.belongs.year for e in self.entries if e.source == SLIP})


def totals(
    entries: Iterable[Entry], keep: Callable[[Entry], bool] = lambda _entry: True
) -> dict[tuple[str, str], Totals]:
    """Sums by code and key, as the facts of a payslip want them."""
    found: dict[tuple[str, str], Totals] = {}
    for entry in entries:
        if keep(entry):
            have = found.get((entry.code, entry.key), Totals())
            found[entry.code, entry.key] = Totals(
                have.amount + entry.amount,
                have.wages + entry.wages,
                have.taxed + entry.taxed,
            )
    return found


def amount(entries: Iterable[Entry], *codes: str) -> Decimal:
    """The amounts of some codes, signed as on the payslip."""
    return sum((e.amount for e in entries if e.code in codes), ZERO)


def wages(entries: Iterable[Entry], code: str) -> Decimal:
    """The wages subject to one tax."""
    return sum((e.wages for e in entries if e.code == code), ZERO)


def taxed(entries: Iterable[Entry], code: str) -> Decimal:
    """The wages within the base of one tax."""
    return sum((e.taxed for e in entries if e.code == code), ZERO)


def keys(entries: Iterable[Entry], code: str) -> Iterator[str]:
    """The keys of one code, each once."""
    yield from dict.fromkeys(e.key for e in entries if e.code == code)
