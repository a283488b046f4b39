"""The checks of a Nacha file, each a generator of sentences about what is wrong."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from .routing import check_digit

FILLER = "9" * 94
LIVE = {"22", "27", "32", "37", "42", "47", "52"}
PRENOTES = {"23", "28", "33", "38", "43", "48", "53"}
RETURNS = {"21", "26", "31", "36", "41", "46", "51"}
RETURN_ADDENDA = {"98", "99"}
# Standard entry classes (Nacha Operating Rules, Article Eight; the list of moov-io/ach
# batch.go): what kind of payment a batch holds, and so how its entries are read
CLASSES = frozenset(
    [
        "ACK",
        "ARC",
        "ATX",
        "BOC",
        "CCD",
        "CIE",
        "COR",
        "CTX",
        "DNE",
        "ENR",
        "IAT",
        "MTE",
        "POP",
        "POS",
        "PPD",
        "RCK",
        "SHR",
        "TEL",
        "TRC",
        "TRX",
        "WEB",
        "XCK",
    ]
)


class EntryLike(Protocol):
    """What the checks need to know of an entry."""

    @property
    def line(self) -> int: ...
    @property
    def code(self) -> str: ...
    @property
    def routing(self) -> str: ...
    @property
    def account(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def amount(self) -> Decimal: ...
    @property
    def trace(self) -> str: ...
    @property
    def addenda(self) -> tuple[str, ...]: ...


class BatchLike(Protocol):
    """What the checks need to know of a batch."""

    @property
    def number(self) -> int: ...
    @property
    def effective(self) -> str: ...
    @property
    def entries(self) -> Sequence[EntryLike]: ...


def shape(lines: Sequence[str], *, tolerant: bool) -> Iterator[str]:
    """Width, characters, first and last record, and the filling up to ten lines."""
    for number, line in enumerate(lines, 1):
        if len(line) != 94:
            yield f"Line {number} has {len(line)} characters instead of 94."
        elif not all(" " <= c <= "~" for c in line):
            yield f"Line {number} has a character that banks do not accept."
    if not lines or not lines[0].startswith("1"):
        yield "The file does not begin with a file header (type 1)."
    content = list(lines)
    while content and content[-1] == FILLER:
        content.pop()
    if len(content) < 2 or not content[-1].startswith("9"):
        yield "The file does not end with a file control record (type 9)."
    elif FILLER in content:
        yield "A line of nines stands before the file control record."
    if len(lines) % 10 and not tolerant:
        yield f"The file has {len(lines)} lines: fill it up to a multiple of 10."
    if len(lines) - len(content) > 9:
        yield "The file is filled up with more lines of nines than needed."


def file_header(line: str) -> Iterator[str]:
    """The fixed values and the date of the file header."""
    for label, found, wanted in (
        ("priority code", line[1:3], "01"),
        ("record size", line[34:37], "094"),
        ("blocking factor", line[37:39], "10"),
        ("format code", line[39], "1"),
    ):
        if found != wanted:
            yield f"Line 1: the {label} is {found!r} instead of {wanted!r}."
    if not _is_date(line[23:29]):
        yield f"Line 1: {line[23:29]!r} is not a date of creation."
    if not (line[33].isalnum()):
        yield "Line 1: the file's modifier is missing."
    for label, cell in (("destination", line[3:13]), ("origin", line[13:23])):
        if not cell.strip():
            yield f"Line 1: the immediate {label} is missing."


def out_of_place(kind: str, number: int, *, inside: bool) -> str:
    """Say so when a record stands where it must not."""
    if kind not in "5678":
        return f"Line {number}: a record of type {kind!r} stands among the batches."
    if (kind == "5") is inside:
        place = "inside a batch" if inside else "outside any batch"
        return f"Line {number}: a record of type {kind} stands {place}."
    return ""


def batch_header(line: str, number: int, expected: int) -> Iterator[str]:
    """Service class, company and ascending batch number."""
    if line[1:4] not in ("200", "220", "225"):
        yield f"Line {number}: {line[1:4]!r} is not a service class."
    if line[50:53] not in CLASSES:
        yield (
            f"Line {number}: {line[50:53]!r} is not a standard entry class: its entries "
            "cannot be read."
        )
    if line[50:53] != "IAT" and not line[4:20].strip():
        yield f"Line {number}: the company name is missing."
    if not line[87:94].isdigit() or int(line[87:94]) < expected:
        yield f"Line {number}: the batch number {line[87:94]!r} does not ascend."
    if not line[79:87].isdigit():
        yield f"Line {number}: {line[79:87]!r} is not an originating bank."


def entry(this: EntryLike, sec: str, odfi: str, previous: str) -> Iterator[str]:
    """Code, bank, account, amount, trace number and addenda of one entry."""
    at = f"Line {this.line}"
    if this.code not in LIVE | PRENOTES | RETURNS:
        yield f"{at}: {this.code!r} is not a transaction code."
    if not this.routing.isdigit():
        yield f"{at}: {this.routing!r} is not a routing number."
    elif check_digit(this.routing[:8]) != int(this.routing[8]):
        yield f"{at}: the check digit of routing number {this.routing} is wrong."
    if not this.account:
        yield f"{at}: the account number is missing."
    if sec == "PPD" and not this.name:
        yield f"{at}: the name is missing."
    returned = any(line[1:3] in RETURN_ADDENDA for line in this.addenda[1:])
    yield from _amount(this, at, returned=returned)
    yield from _trace(this, at, odfi, previous, returned=returned)
    yield from _addenda(this, at, sec)


def _amount(this: EntryLike, at: str, *, returned: bool) -> Iterator[str]:
    if this.amount < 0:
        yield f"{at}: the amount is not a number."
    elif this.code in PRENOTES and this.amount:
        yield f"{at}: a prenote carries {this.amount} dollars."
    elif this.code in LIVE and not this.amount and not returned:
        yield f"{at}: a payment of zero."


def _trace(
    this: EntryLike, at: str, odfi: str, previous: str, *, returned: bool
) -> Iterator[str]:
    if not this.trace.isdigit():
        yield f"{at}: {this.trace!r} is not a trace number."
    elif this.trace <= previous:
        yield f"{at}: the trace number {this.trace} does not ascend."
    elif this.trace[:8] != odfi and not returned:
        yield f"{at}: the trace number {this.trace} is not of the bank {odfi}."


def _addenda(this: EntryLike, at: str, sec: str) -> Iterator[str]:
    indicator, lines = this.addenda[0], this.addenda[1:]
    if indicator not in ("0", "1"):
        yield f"{at}: the addenda indicator is {indicator!r}."
    elif (indicator == "1") is not bool(lines):
        yield f"{at}: the addenda indicator is {indicator}, {len(lines)} follow."
    for number, line in enumerate(lines, 1):
        if sec == "PPD" and line[1:3] == "05":
            if line[83:87] != f"{number:04}" or line[87:94] != this.trace[8:]:
                yield f"{at}: addenda {number} does not belong to this entry."
        elif sec == "PPD" and line[1:3] not in RETURN_ADDENDA:
            yield f"{at}: {line[1:3]!r} is not an addenda type for this entry."


def same(header: str, control: str, number: int) -> Iterator[str]:
    """What a batch control repeats from its header."""
    for label, one, two in (
        ("service class", header[1:4], control[1:4]),
        # banks set a shorter one to the left in one record, to the right in the other
        ("company identification", header[40:50].strip(), control[44:54].strip()),
        ("originating bank", header[79:87], control[79:87]),
        ("batch number", header[87:94], control[87:94]),
    ):
        if one != two:
            yield f"Line {number}: the {label} is {two!r}, in the header {one!r}."


def effective(batch: BatchLike) -> Iterator[str]:
    """The effective date, which only a batch of returns may leave out."""
    returned = any(
        line[1:3] in RETURN_ADDENDA
        for this in batch.entries
        for line in this.addenda[1:]
    )
    if not returned and not _is_date(batch.effective):
        yield f"Batch {batch.number}: {batch.effective!r} is not an effective date."


def service(code: str, debit: Decimal, credit: Decimal, number: int) -> Iterator[str]:
    """A batch of credits has no debits, and the other way round."""
    if code == "220" and debit:
        yield f"Line {number}: a batch of credits (220) holds debits."
    if code == "225" and credit:
        yield f"Line {number}: a batch of debits (225) holds credits."


def totals(at: str, rows: Sequence[tuple[str, str, int]]) -> Iterator[str]:
    """Compare printed control totals with those counted."""
    for label, printed, counted in rows:
        if not printed.isdigit() or int(printed) != counted:
            yield f"{at}: {label} {printed!r}, but the entries make {counted}."


def _is_date(text: str) -> bool:
    try:
        datetime.strptime(text, "%y%m%d")  # noqa: DTZ007 - a date, no moment
    except ValueError:
        return False
    return len(text) == 6 and text.isdigit()
