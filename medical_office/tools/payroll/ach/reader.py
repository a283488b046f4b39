"""Reads a Nacha file back and refuses it at the first sign of a wrong total.

Written apart from the writer: the positions stand here as the operating rules print
them, so that a slip in the writer's table of fields cannot hide. It reads the files of
others too (debits, returns, addenda, international entries) as far as their totals go.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from ...money import CENT
from . import rules
from .model import AchRefused

WIDTH, BLOCK = 94, 10
ENDS_IN_BLANKS = ("1", "9")  # reference code; reserved


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: dollars, the nine-digit routing number and whom it is for."""

    line: int
    code: str
    routing: str
    account: str
    amount: Decimal
    ident: str
    name: str
    trace: str
    addenda: tuple[str, ...] = ()

    @property
    def debit(self) -> bool:
        """Whether the entry takes money from the account."""
        return self.code[1] in "6789"

    @property
    def prenote(self) -> bool:
        """Whether it only asks whether the account is there."""
        return self.code in rules.PRENOTES


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries of one purpose; ``effective`` is YYMMDD as printed."""

    number: int
    sec: str
    description: str
    company: str
    effective: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class AchFile:
    """A file whose control totals hold; totals in dollars."""

    batches: tuple[Batch, ...]
    credit: Decimal
    debit: Decimal
    entry_hash: int

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries in the order of the file."""
        return tuple(entry for batch in self.batches for entry in batch.entries)


@dataclass
class _Open:
    """The batch being read."""

    header: str
    line: int
    entries: list[Entry] = field(default_factory=list)

    @property
    def sec(self) -> str:
        return self.header[50:53]


def read(text: str, *, tolerant: bool = False) -> AchFile:
    """Return the content of a Nacha file whose every total and check digit holds.

    What editors and transfers do to a text is taken back first: a byte-order mark, the
    Ctrl-Z that old systems end a file with, blank lines at the end, and the blanks at the
    end of a header or control record of the file when all of them were cut. Every other
    record ends in digits, and these are never made up.

    :param tolerant: for files of others: accept a file that is not filled up to a
        multiple of ten lines, characters in the reserved fields, and the last batch
        number in place of the number of batches
    :raises AchRefused: with a sentence per fault, naming the line
    """
    lines = _lines(text)
    faults = list(rules.shape(lines, tolerant=tolerant))
    if faults:
        raise AchRefused(faults)
    filled = [line for line in lines if line != rules.FILLER]
    batches: list[Batch] = []
    controls: list[str] = []
    faults += rules.file_header(filled[0])
    current: _Open | None = None
    for number, line in enumerate(filled[1:-1], 2):
        kind = line[0]
        wrong = rules.out_of_place(kind, number, inside=current is not None)
        if wrong:
            raise AchRefused([*faults, wrong])
        if kind == "5":
            current = _Open(line, number)
            faults += rules.batch_header(line, number, len(batches) + 1)
        elif current is not None:
            if kind == "6":
                current.entries.append(_entry(line, number, current.sec))
            elif kind == "7":
                faults += _attach(current, line, number)
            else:
                batch = _close(current)
                batches.append(batch)
                controls.append(line)
                faults += _batch_faults(batch, current.header, line, number)
                current = None
    if current is not None:
        faults.append(f"The batch of line {current.line} has no control record.")
    faults += _file_faults(batches, controls, filled, tolerant=tolerant)
    if faults:
        raise AchRefused(faults)
    last = filled[-1]
    return AchFile(
        tuple(batches), _dollars(last[43:55]), _dollars(last[31:43]), int(last[21:31])
    )


def _lines(text: str) -> list[str]:
    """The records, each of 94 characters unless something is wrong with it."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").rstrip("\x1a\n\r ")
    return [
        line.ljust(WIDTH) if line[:1] in ENDS_IN_BLANKS and line[-1] != " " else line
        for line in plain.split("\n")
    ]


def _dollars(cents: str) -> Decimal:
    return int(cents) * CENT if cents.isdigit() else Decimal(-1)


def _entry(line: str, number: int, sec: str) -> Entry:
    international = sec == "IAT"
    return Entry(
        number,
        line[1:3],
        line[3:12],
        (line[39:74] if international else line[12:29]).strip(),
        _dollars(line[29:39]),
        "" if international else line[39:54].strip(),
        "" if international else line[54:76].strip(),
        line[79:94],
        (line[78],),
    )


def _attach(current: _Open, line: str, number: int) -> Iterator[str]:
    """Put an addenda record to its entry; the first mark is the entry's indicator."""
    if not current.entries:
        yield f"Line {number}: an addenda record stands before any entry."
        return
    last = current.entries[-1]
    current.entries[-1] = Entry(
        last.line,
        last.code,
        last.routing,
        last.account,
        last.amount,
        last.ident,
        last.name,
        last.trace,
        (*last.addenda, line),
    )


def _close(current: _Open) -> Batch:
    header = current.header
    number = int(header[87:94]) if header[87:94].isdigit() else 0
    return Batch(
        number,
        current.sec,
        header[53:63].strip(),
        header[4:20].strip(),
        header[69:75],
        tuple(current.entries),
    )


def _batch_faults(
    batch: Batch, header: str, control: str, number: int
) -> Iterator[str]:
    previous = ""
    for entry in batch.entries:
        yield from rules.entry(entry, batch.sec, header[79:87], previous)
        previous = entry.trace
    if not batch.entries:
        yield f"Line {number}: the batch has no entry."
    yield from rules.same(header, control, number)
    yield from rules.effective(batch)
    debit = sum((e.amount for e in batch.entries if e.debit), Decimal(0))
    credit = sum((e.amount for e in batch.entries if not e.debit), Decimal(0))
    yield from rules.service(header[1:4], debit, credit, number)
    count = sum(len(entry.addenda) for entry in batch.entries)
    yield from rules.totals(
        f"Line {number} (batch {batch.number})",
        (
            ("entries and addenda", control[4:10], count),
            ("entry hash", control[10:20], _hash(batch.entries)),
            ("debits in cents", control[20:32], int(debit / CENT)),
            ("credits in cents", control[32:44], int(credit / CENT)),
        ),
    )


def _hash(entries: tuple[Entry, ...]) -> int:
    return sum(int(e.routing[:8]) for e in entries if e.routing[:8].isdigit()) % 10**10


def _file_faults(
    batches: list[Batch], controls: list[str], lines: list[str], *, tolerant: bool
) -> Iterator[str]:
    last, number = lines[-1], len(lines)
    entries = tuple(entry for batch in batches for entry in batch.entries)
    total, count = len(lines), len(batches)
    if tolerant and batches and last[1:7] == f"{batches[-1].number:06}":
        count = batches[-1].number
    yield from rules.totals(
        f"Line {number} (file control)",
        (
            ("batches", last[1:7], count),
            ("blocks of ten", last[7:13], -(-total // BLOCK)),
            ("entries and addenda", last[13:21], sum(len(e.addenda) for e in entries)),
            ("entry hash", last[21:31], _hash(entries)),
            ("debits in cents", last[31:43], _sum(controls, 20)),
            ("credits in cents", last[43:55], _sum(controls, 32)),
        ),
    )
    if last[55:].strip() and not tolerant:
        yield f"Line {number}: the reserved end of the file control is not blank."


def _sum(controls: list[str], start: int) -> int:
    cells = [line[start : start + 12] for line in controls]
    return sum(int(cell) for cell in cells if cell.isdigit())
