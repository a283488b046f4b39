"""What a direct deposit file is made of, and what the bank would refuse in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from ...money import CENT, ZERO
from ...plaintext import plain
from .bankdays import is_banking_day
from .routing import routing_problem

MAX_AMOUNT = Decimal("99999999.99")  # ten digits of cents
MAX_TOTAL = Decimal("9999999999.99")  # twelve digits of cents
PAYROLL = "PAYROLL"  # mandatory for PPD wage credits since 2026-03-20 (Nacha)
PRENOTE = "PRENOTE"


class AchRefused(ValueError):
    """A file that cannot be written or read; ``problems`` has a sentence for each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Origin:
    """The employer and its bank, as the bank's set-up letter gives them.

    ``destination`` and ``odfi`` are routing numbers; ``origin`` and ``company_id`` the
    ten characters the bank assigned (often 1 and the EIN), or nine digits.
    """

    destination: str
    destination_name: str
    origin: str
    origin_name: str
    company_name: str
    company_id: str
    odfi: str


@dataclass(frozen=True, slots=True)
class Credit:
    """One payment to one account, in dollars; a prenote has no amount."""

    name: str
    routing: str
    account: str
    amount: Decimal = ZERO
    ident: str = ""
    savings: bool = False
    prenote: bool = False


@dataclass(frozen=True, slots=True)
class Offset:
    """The employer's account to be debited, for a file balanced within itself."""

    routing: str
    account: str
    savings: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """The file and its control totals (dollars), for the tie-out.

    ``traces``: the trace number of each credit, in the order given.
    """

    text: str
    credit: Decimal
    debit: Decimal
    entries: int
    entry_hash: int
    traces: tuple[str, ...] = ()


def problems(
    origin: Origin,
    credits: Sequence[Credit],
    offset: Offset | None,
    created: datetime,
    effective: date,
) -> tuple[str, ...]:
    """Return a sentence for everything the bank would refuse, naming row and remedy."""
    found = list(_origin_problems(origin))
    if not credits:
        found.append("There is nobody to pay: the file would be empty.")
    if effective < created.date():
        found.append(f"The pay date {effective} lies before the file's own date.")
    if not is_banking_day(effective):
        found.append(
            f"The pay date {effective} is not a banking day: choose the one before it."
        )
    for number, credit in enumerate(credits, 1):
        who = f"Row {number} ({credit.name or 'no name'})"
        found.extend(f"{who}: {text}" for text in _credit_problems(credit))
    if offset is not None:
        account = Credit("offset", offset.routing, offset.account, prenote=True)
        found.extend(f"Employer's account: {t}" for t in _credit_problems(account))
    total = sum((credit.amount for credit in credits), ZERO)
    if total > (MAX_AMOUNT if offset else MAX_TOTAL):
        found.append(f"The total of {total} is too much for one file: split the pay.")
    return tuple(found)


def _origin_problems(origin: Origin) -> Iterator[str]:
    for label, number in (
        ("Bank that receives the file", origin.destination),
        ("Employer's bank", origin.odfi),
    ):
        if text := routing_problem(number):
            yield f"{label}: {text}"
    for label, value, sizes in (
        ("Origin", origin.origin, (9, 10)),
        ("Company identification", origin.company_id, (9, 10)),
    ):
        if len(value) not in sizes or plain(value) != value or not value.isalnum():
            yield f"{label} {value!r} needs the 9 or 10 characters the bank assigned."
    for label, value, size in (
        ("Company name", origin.company_name, 16),
        ("Origin name", origin.origin_name, 23),
        ("Bank name", origin.destination_name, 23),
    ):
        if not value.strip():
            yield f"{label} is missing."
        elif len(plain(value)) > size:
            yield f"{label} {value!r} is longer than {size} characters: shorten it."


def _credit_problems(credit: Credit) -> Iterator[str]:
    if text := routing_problem(credit.routing):
        yield text
    account = credit.account
    bare = account.replace("-", "")
    if not 1 <= len(account) <= 17 or not (bare.isascii() and bare.isalnum()):
        yield (
            f"the account number {account!r} needs 1 to 17 letters, digits or hyphens."
        )
    if not plain(credit.name).strip():
        yield "the name is missing."
    if len(plain(credit.ident)) > 15:
        yield f"the identification {credit.ident!r} is longer than 15 characters."
    yield from _amount_problems(credit)


def _amount_problems(credit: Credit) -> Iterator[str]:
    amount = credit.amount
    if credit.prenote and amount:
        yield f"a prenote carries no money, but {amount} is given."
    elif not credit.prenote and not ZERO < amount <= MAX_AMOUNT:
        yield f"the amount {amount} must be above zero and at most {MAX_AMOUNT}."
    elif amount != amount.quantize(CENT):
        yield f"the amount {amount} must be whole cents."
