"""What is known of the person while the year goes on."""

from dataclasses import dataclass, field
from datetime import date

from tools.payroll.deduct.garnishment import Order
from tools.payroll.slip.slipfacts import (
    Slip,
)

from . import rates
from .books import Books
from .codes import Asked
from .scenario import Event
from .terms import Terms


@dataclass(frozen=True, slots=True)
class Payment:
    """All lines with one date and ref; ``ref`` is the date where none is written."""

    ref: str
    day: date
    lines: tuple[Event, ...]

    @property
    def what(self) -> list[tuple[str, str]]:
        """Codes and amounts, to tell a payment made again from another."""
        return sorted((event.code, event.amount) for event in self.lines)

    @property
    def line(self) -> int:
        """The last line of it in the file: what stands below is not known yet."""
        return max(event.line for event in self.lines)


@dataclass
class Life:
    """What is known of the person while the year goes on."""

    terms: Terms  # those in force; of each state of work the last ones are in places
    raises: list[rates.Raise]
    lag: int
    refs: dict[str, Payment]
    books: Books = field(default_factory=Books)
    standing: dict[str, Asked] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)
    slips: dict[str, Slip] = field(default_factory=dict)
    voided: set[str] = field(default_factory=set)
    paid_again: set[str] = field(default_factory=set)
    paid: list[rates.Paid] = field(default_factory=list)
    settled: dict[int, str] = field(default_factory=dict)  # line of a raise -> ref
    again: dict[str, date] = field(default_factory=dict)  # ref -> day it pays again
    insured: list[date] = field(default_factory=list)  # days with imputed life cover
    places: dict[str, Terms] = field(default_factory=dict)

    def pays_again(self, payment: Payment) -> date | None:
        """The day of the payment taken back whose lines ``payment`` has; each once."""
        mine = payment.what
        for ref in self.refs:
            gone = self.refs[ref]
            if ref in self.voided and ref not in self.paid_again and gone.what == mine:
                self.paid_again.add(ref)
                return self.again.get(ref, gone.day)
        return None

    def everywhere(self) -> list[Terms]:
        """The terms of each state of work, the first one first."""
        return list({**self.places, self.terms.state: self.terms}.values())
