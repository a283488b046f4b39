"""Writes a Nacha file of PPD credits: pay, prenotes and, if wanted, the offset."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from ...money import CENT, ZERO
from ...plaintext import plain
from .layout import BLOCK, FILLER, record
from .model import (
    PAYROLL,
    PRENOTE,
    AchRefused,
    Credit,
    Offset,
    Origin,
    Written,
    problems,
)

# (savings, prenote) -> transaction code
CREDIT_CODES = {
    (False, False): 22,
    (False, True): 23,
    (True, False): 32,
    (True, True): 33,
}
DEBIT_CODES = {
    (False, False): 27,
    (False, True): 28,
    (True, False): 37,
    (True, True): 38,
}
MIXED, CREDITS_ONLY = 200, 220
HASH_DIGITS = 10**10


@dataclass(frozen=True, slots=True)
class _Entry:
    code: int
    routing: str
    account: str
    cents: int
    ident: str
    name: str


@dataclass(frozen=True, slots=True)
class _Control:
    """Totals of a batch or file, in entries and cents."""

    count: int
    entry_hash: int
    debit: int
    credit: int

    def values(self) -> dict[str, str | int]:
        return {
            "count": self.count,
            "hash": self.entry_hash % HASH_DIGITS,
            "debit": self.debit,
            "credit": self.credit,
        }


def write(
    origin: Origin,
    credits: Sequence[Credit],
    created: datetime,
    effective: date,
    *,
    offset: Offset | None = None,
    modifier: str = "A",
) -> Written:
    """Return the file for a pay date, ready for the bank.

    Pay and prenotes go into a batch each; lines are 94 characters, ended by a newline
    and filled up to a multiple of ten. With ``offset`` the employer's account is
    debited by the total of the pay (and prenoted along with prenotes). Names are cut to
    22 characters and freed of accents.

    :param created: moment of writing; the second file of a day needs modifier "B"
    :param effective: pay date, a banking day
    :raises AchRefused: the bank would refuse the file; the message names each row
    """
    wrong = list(problems(origin, credits, offset, created, effective))
    if not (len(modifier) == 1 and modifier.isascii() and modifier.isalnum()):
        wrong.append(f"The file's modifier {modifier!r} must be one letter or digit.")
    if wrong:
        raise AchRefused(wrong)
    lines = [_file_header(origin, created, modifier.upper())]
    totals: list[_Control] = []
    traces = [""] * len(credits)
    trace = 0
    for live in (True, False):
        places = [n for n, credit in enumerate(credits) if credit.prenote is not live]
        if not places:
            continue
        entries = [_credit(credits[place]) for place in places]
        for sequence, place in enumerate(places, trace + 1):
            traces[place] = _trace(origin, sequence)
        if offset is not None:
            entries.append(_debit(offset, entries, origin))
        kind = PAYROLL if live else PRENOTE
        batch, control = _batch(
            origin, entries, (kind, effective), len(totals) + 1, trace
        )
        lines += batch
        totals.append(control)
        trace += len(entries)
    whole = _Control(*(sum(column) for column in zip(*map(_row, totals), strict=True)))
    blocks = -(-(len(lines) + 1) // BLOCK)
    lines.append(
        record(
            "9", {"type": 9, "batches": len(totals), "blocks": blocks, **whole.values()}
        )
    )
    lines += [FILLER] * (blocks * BLOCK - len(lines))
    return Written(
        "\n".join(lines) + "\n",
        whole.credit * CENT,
        whole.debit * CENT,
        whole.count,
        whole.entry_hash % HASH_DIGITS,
        tuple(traces),
    )


def _trace(origin: Origin, sequence: int) -> str:
    return f"{origin.odfi[:8]}{sequence:07}"


def _row(control: _Control) -> tuple[int, int, int, int]:
    return (control.count, control.entry_hash, control.debit, control.credit)


def _file_header(origin: Origin, created: datetime, modifier: str) -> str:
    return record(
        "1",
        {
            "type": 1,
            "priority": 1,
            "destination": origin.destination.rjust(10),
            "origin": origin.origin.rjust(10),
            "created_date": f"{created:%y%m%d}",
            "created_time": f"{created:%H%M}",
            "modifier": modifier,
            "record_size": 94,
            "blocking": BLOCK,
            "format": 1,
            "destination_name": plain(origin.destination_name),
            "origin_name": plain(origin.origin_name),
        },
    )


def _credit(credit: Credit) -> _Entry:
    return _Entry(
        CREDIT_CODES[credit.savings, credit.prenote],
        credit.routing,
        credit.account,
        _cents(credit.amount),
        plain(credit.ident),
        plain(credit.name)[:22],
    )


def _debit(offset: Offset, entries: Sequence[_Entry], origin: Origin) -> _Entry:
    cents = sum(entry.cents for entry in entries)
    code = DEBIT_CODES[offset.savings, not cents]
    name = plain(origin.company_name)
    return _Entry(code, offset.routing, offset.account, cents, "OFFSET", name)


def _batch(
    origin: Origin,
    entries: Sequence[_Entry],
    purpose: tuple[str, date],
    number: int,
    trace: int,
) -> tuple[list[str], _Control]:
    description, effective = purpose
    debits = [entry for entry in entries if entry.code in DEBIT_CODES.values()]
    paid = sum(entry.cents for entry in entries) - sum(e.cents for e in debits)
    control = _Control(
        len(entries),
        sum(int(entry.routing[:8]) for entry in entries),
        sum(entry.cents for entry in debits),
        paid,
    )
    odfi = origin.odfi[:8]
    common: dict[str, str | int] = {
        "service_class": MIXED if debits else CREDITS_ONLY,
        "company_id": origin.company_id,
        "odfi": odfi,
        "batch": number,
    }
    header = {
        **common,
        "type": 5,
        "company_name": plain(origin.company_name),
        "sec": "PPD",
        "description": description,
        "descriptive_date": f"{effective:%y%m%d}",
        "effective": f"{effective:%y%m%d}",
        "status": "1",
    }
    lines = [record("5", header)]
    for sequence, entry in enumerate(entries, trace + 1):
        lines.append(
            record(
                "6",
                {
                    "type": 6,
                    "code": entry.code,
                    "rdfi": entry.routing[:8],
                    "check_digit": entry.routing[8],
                    "account": entry.account,
                    "amount": entry.cents,
                    "ident": entry.ident,
                    "name": entry.name,
                    "addenda": 0,
                    "trace": _trace(origin, sequence),
                },
            )
        )
    lines.append(record("8", {**common, "type": 8, **control.values()}))
    return lines, control


def _cents(amount: Decimal) -> int:
    return int((amount + ZERO) / CENT)
