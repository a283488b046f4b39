"""What the payroll still owes, to whom, and since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ...money import ZERO

EDGES = (30, 60, 90)  # days overdue


@dataclass(frozen=True, slots=True)
class Liability:
    """One amount owed to a payee, in dollars, with what was paid of it."""

    payee: str
    due: date
    amount: Decimal
    paid: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Age:
    """Open dollars of one payee: not due yet, and overdue by days (1-30 ... over 90)."""

    payee: str
    not_due: Decimal
    overdue: tuple[Decimal, ...]
    next_due: date | None

    @property
    def total(self) -> Decimal:
        """All that is open."""
        return self.not_due + sum(self.overdue, ZERO)


def ageing(liabilities: Iterable[Liability], today: date) -> tuple[Age, ...]:
    """Open amounts per payee, by payee. Overpayments reduce what is not due.

    Something due today is not overdue.
    """
    by_payee: dict[str, list[Liability]] = {}
    for liability in liabilities:
        if liability.amount != liability.paid:
            by_payee.setdefault(liability.payee, []).append(liability)
    return tuple(_age(payee, by_payee[payee], today) for payee in sorted(by_payee))


def _age(payee: str, owed: list[Liability], today: date) -> Age:
    cells = [ZERO] * (len(EDGES) + 1)
    not_due = ZERO
    for liability in owed:
        left = liability.amount - liability.paid
        late = (today - liability.due).days
        if late <= 0 or left < 0:
            not_due += left
        else:
            cells[sum(late > edge for edge in EDGES)] += left
    dates = [item.due for item in owed if item.amount > item.paid]
    return Age(payee, not_due, tuple(cells), min(dates, default=None))
