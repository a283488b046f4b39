"""What the bank sends back: returned entries and notifications of change (NOC)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..law.lawtable import rows_on
from .reader import AchFile

CODES = "ach_codes"
RETURN, CHANGE = "99", "98"
SAVINGS = "3"  # first digit of a transaction code: 2 checking, 3 savings


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason code: what it means, whether the account is to be checked, and how."""

    code: str
    change: bool
    label: str
    hold: bool
    advice: str


def reasons(day: date) -> tuple[Reason, ...]:
    """The reason codes of pay as they stand on ``day``."""
    return tuple(
        Reason(
            row["code"],
            row["kind"] == "change",
            row["label"],
            row["hold"] == "1",
            row["advice"],
        )
        for row in rows_on(CODES, day)
    )


@dataclass(frozen=True, slots=True)
class Change:
    """Corrected data of a notification of change; what stays is empty."""

    routing: str = ""
    account: str = ""
    savings: bool | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """One entry that came back: our trace number, dollars and the bank's reason."""

    line: int
    code: str
    trace: str
    amount: Decimal
    account: str
    name: str
    change: Change | None = None


def returned(file: AchFile) -> Iterator[Returned]:
    """The returns and changes of a bank's return file.

    Positions of the addenda (7 99 and 7 98) after the Nacha Operating Rules, Appendix
    Three: reason 4 to 6, trace number of our entry 7 to 21, corrected data 36 to 64.
    """
    for batch in file.batches:
        for entry in batch.entries:
            for line in entry.addenda[1:]:
                if line[1:3] not in (RETURN, CHANGE):
                    continue
                change = line[1:3] == CHANGE
                yield Returned(
                    entry.line,
                    line[3:6],
                    line[6:21].strip(),
                    entry.amount,
                    entry.account,
                    entry.name,
                    corrected(line[3:6], line[35:64]) if change else None,
                )


def corrected(code: str, data: str) -> Change:
    """Corrected data of a change by its code; blanks divide the parts."""
    parts = data.split()
    first = parts[0] if parts else ""
    if code == "C01":
        return Change(account=data[:17].strip())
    if code == "C02":
        return Change(routing=data[:9].strip())
    if code == "C03":
        return Change(routing=first, account="".join(parts[1:2]))
    if code == "C05":
        return Change(savings=first.startswith(SAVINGS))
    if code == "C06":
        return Change(account=data[:17].strip(), savings=_is_savings(data[17:].strip()))
    if code == "C07":
        return _all_three(data)
    return Change()


def _all_three(data: str) -> Change:
    """C07: routing number 1 to 9, account 10 to 26, transaction code 27 to 28.

    An account of all 17 characters has no blank before the code; banks that do not keep
    the positions divide the two by blanks.
    """
    routing, account, code = data[:9].strip(), data[9:26], data[26:28].strip()
    if not code:
        parts = data[9:].split()
        account, code = "".join(parts[:1]), "".join(parts[1:2])
    return Change(routing, account.strip(), _is_savings(code))


def _is_savings(code: str) -> bool | None:
    return code.startswith(SAVINGS) if code else None
