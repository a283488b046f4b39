"""From pay items to the journal entry of a run, and to what is owed to whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ...money import ZERO, to_cents

NET = "net"
# code of a pay item -> what it costs the practice
EXPENSES: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "REG",
            "DIFF",
            "OTP",
            "OTS",
            "PTO",
            "HOL",
            "SICK",
            "BONUS",
            "ADDL",
            "RETRO",
        ),
        "wages",
    ),
    "REIMB": "reimbursement",
    **dict.fromkeys(("ER_SS", "ER_MED", "FUTA", "SUTA"), "employer_tax"),
    "ER_BEN": "benefits",
    "ADV": "advance",
}
# code of a pay item -> what is owed because of it
LIABILITIES: Mapping[str, str] = {
    **dict.fromkeys(("FIT", "SS", "MED", "ADDMED", "ER_SS", "ER_MED"), "federal"),
    "FUTA": "futa",
    "SIT": "state",
    "SOTH": "other",
    "LIT": "local",
    "SUTA": "suta",
    **dict.fromkeys(("S125", "RET", "ROTH", "POST", "ER_BEN"), "deduction"),
    "GARN": "order",
}
EMPLOYER = frozenset({"ER_SS", "ER_MED", "FUTA", "SUTA", "ER_BEN"})
NO_MONEY = frozenset({"IMP", "SICKX", "OWE", "UNC"})
# kinds that are owed to an agency by the part of the key, not to a named payee
BY_KEY = frozenset({"state", "other", "local", "suta"})
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Part:
    """One pay item in dollars, signed as on the slip.

    ``shares``: (department, percent) of its cost, in order; percents make 100.
    """

    code: str
    key: str
    amount: Decimal
    payee: int = 0
    shares: tuple[tuple[int, Decimal], ...] = ((0, HUNDRED),)


@dataclass(frozen=True, slots=True)
class Entry:
    """Dollars on one account, debit positive. ``key`` names state or tax."""

    kind: str
    key: str
    department: int
    payee: int
    amount: Decimal


def entries(parts: Iterable[Part]) -> tuple[Entry, ...]:
    """The journal entry of all ``parts``, one line per account, department and payee.

    Lines add up to zero. Items without money (imputed income) leave no trace.

    :raises ValueError: a code is unknown
    """
    sums: dict[tuple[str, str, int, int], Decimal] = {}

    def add(kind: str, key: str, department: int, payee: int, amount: Decimal) -> None:
        place = (kind, key, department, payee)
        sums[place] = sums.get(place, ZERO) + amount

    for part in parts:
        if part.code in NO_MONEY:
            continue
        expense, owed = EXPENSES.get(part.code), LIABILITIES.get(part.code)
        if expense is None and owed is None:
            raise ValueError(f"The pay code {part.code} has no place in the journal.")
        if expense:
            for department, amount in allot(part.amount, part.shares):
                add(expense, "", department, 0, amount)
        if owed:
            key = part.key.partition(":")[2] if owed in BY_KEY else ""
            payee = part.payee if owed in ("deduction", "order") else 0
            sign = -1 if part.code in EMPLOYER else 1
            add(owed, key, 0, payee, sign * part.amount)
        if part.code not in EMPLOYER:
            add(NET, "", 0, 0, -part.amount)
    return tuple(
        Entry(*place, amount) for place, amount in sorted(sums.items()) if amount
    )


def allot(
    amount: Decimal, shares: Sequence[tuple[int, Decimal]]
) -> tuple[tuple[int, Decimal], ...]:
    """Divide dollars by percent, in cents; the last share takes what rounding leaves."""
    left, found = amount, []
    for place, percent in shares[:-1]:
        part = to_cents(amount * percent / HUNDRED)
        found.append((place, part))
        left -= part
    found.append((shares[-1][0], left))
    return tuple(found)


def owed(lines: Iterable[Entry]) -> dict[tuple[str, str, int], Decimal]:
    """Dollars owed by (kind, key, payee), the people's net pay left out."""
    kinds = set(LIABILITIES.values())
    return {
        (line.kind, line.key, line.payee): -line.amount
        for line in lines
        if line.kind in kinds
    }
