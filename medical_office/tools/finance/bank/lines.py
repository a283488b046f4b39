"""Read a bank's file: CSV with a header, or OFX (QFX). A line read twice is known by its
number at the bank, else by day, amount and text, and which of several alike it is."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from ... import csvcells
from ...csvproblems import TEXTS, Problem
from ...csvread import Column, decode, read_table
from ...marked import _lt

MOST = Decimal(1_000_000_000)

BANK_TEXTS: dict[str, tuple[str, str]] = TEXTS | {
    "no_amount": (
        _lt("The row has neither an amount nor a deposit or withdrawal."),
        _lt("Fill in one of them."),
    ),
    "two_amounts": (
        _lt("The row has a deposit and a withdrawal."),
        _lt("Keep the one that is meant."),
    ),
    "no_words": (
        _lt("The row does not say what it is: no description, payee or memo."),
        _lt("Fill in one of them."),
    ),
    "no_lines": (
        _lt("The file has no lines."),
        _lt("Download it again for the days you need."),
    ),
    "ofx_line": (
        _lt("Line %(number)s of the statement has no readable %(field)s."),
        _lt("Download the file again; nothing was read."),
    ),
    "number_twice": (
        _lt(
            "The bank's number %(number)s stands twice in the file with other amounts."
        ),
        _lt("Download the file again; nothing was read."),
    ),
}
_money = csvcells.number(-MOST, MOST, 2)
COLUMNS = (
    Column("day", "Date", csvcells.day, aliases=("Posting date", "Posted", "Day")),
    Column("amount", "Amount", _money, required=False, aliases=("Amount (USD)",)),
    Column(
        "deposit", "Deposit", _money, required=False, aliases=("Credit", "Deposits")
    ),
    Column(
        "withdrawal",
        "Withdrawal",
        _money,
        required=False,
        aliases=("Debit", "Withdrawals"),
    ),
    Column(
        "text",
        "Description",
        csvcells.text(500),
        required=False,
        aliases=("Details", "Narrative"),
    ),
    Column(
        "number",
        "Transaction ID",
        csvcells.identifier(120),
        required=False,
        aliases=("FITID", "Reference number", "ID"),
    ),
)
# what banks write beside a description, or in its place
_MORE = (
    Column("payee", "Payee", csvcells.text(500), required=False, aliases=("Name",)),
    Column("memo", "Memo", csvcells.text(500), required=False),
)
_LINE = re.compile(
    r"<STMTTRN>(.*?)(?=</STMTTRN>|<STMTTRN>|</BANKTRANLIST>|$)", re.S | re.I
)
_FIELD = re.compile(r"<(\w+)>([^<\r\n]*)")


@dataclass(frozen=True, slots=True)
class BankLine:
    """One line; ``amount`` is positive where money came in. ``key`` tells it apart."""

    row: int
    day: date
    amount: Decimal
    text: str
    number: str
    key: str


def read_lines(data: bytes) -> tuple[tuple[BankLine, ...], tuple[Problem, ...]]:
    """Read a file, CSV or OFX by what it looks like; nothing is written.

    :return: the lines, and what is wrong. With a problem there are no lines to trust.
    """
    if re.search(rb"<OFX>", data[:4000], re.I):
        found, problems = _read_ofx(data)
        is_own = True  # an OFX number is one line's alone
    else:
        found, problems = _read_csv(data)
        is_own = False
    if not found and not problems:
        problems = [Problem(0, "", "no_lines")]
    return tuple(_keyed(found, is_own)), tuple(problems)


_Raw = tuple[int, date, Decimal, str, str]


def _keyed(found: Iterable[_Raw], is_own: bool) -> Iterable[BankLine]:
    """Give each line its key: lines that are alike are counted in the file's order."""
    alike: Counter[str] = Counter()
    for row, day, amount, text, number in found:
        words = " ".join(text.split()).casefold()
        plain = f"{day}|{amount:.2f}|{words}"
        if number and is_own:
            key = f"id:{number}"
        elif number:  # banks repeat a check's or a batch's number in a CSV file
            key = f"id:{number}|{day}|{amount:.2f}"
        else:
            alike[plain] += 1
            digest = hashlib.sha256(f"{plain}|{alike[plain]}".encode()).hexdigest()
            key = f"line:{digest[:32]}"
        yield BankLine(row, day, amount, text, number, key)


def _read_csv(data: bytes) -> tuple[list[_Raw], list[Problem]]:
    table = read_table(data, (*COLUMNS, *_MORE))
    problems = list(table.errors)
    found: list[_Raw] = []
    for row in table.rows:
        values = row.values
        given = values.get("amount")
        came, went = values.get("deposit"), values.get("withdrawal")
        if given is None and came and went:
            problems.append(Problem(row.number, "Amount", "two_amounts"))
            continue
        if isinstance(given, Decimal):
            amount = given
        elif isinstance(came, Decimal) and came:
            amount = came
        elif isinstance(went, Decimal):
            amount = -abs(went)
        else:
            problems.append(Problem(row.number, "Amount", "no_amount"))
            continue
        words = _joined(*(values.get(key) for key in ("payee", "text", "memo")))
        if not words:
            problems.append(Problem(row.number, "Description", "no_words"))
            continue
        number = str(values.get("number") or "")
        found.append((row.number, row.take("day", date), amount, words, number))
    return found, problems


def _read_ofx(data: bytes) -> tuple[list[_Raw], list[Problem]]:
    """OFX 1 (SGML, tags not closed) and 2 (XML) alike: fields of each STMTTRN."""
    try:
        content, _encoding = decode(data)
    except csvcells.CellError as error:
        return [], [Problem(0, "", error.code, error.values)]
    found: list[_Raw] = []
    problems: list[Problem] = []
    known: dict[str, Decimal] = {}
    for number, match in enumerate(_LINE.finditer(content), 1):
        fields = {key.upper(): value.strip() for key, value in _FIELD.findall(match[1])}
        try:
            stamp = fields.get("DTPOSTED", "")
            day = date(int(stamp[:4]), int(stamp[4:6]), int(stamp[6:8]))
        except ValueError:
            said = {"number": str(number), "field": "date (DTPOSTED)"}
            problems.append(Problem(0, "", "ofx_line", said))
            continue
        try:
            amount = Decimal(fields.get("TRNAMT", "").replace(",", ""))
            if not amount.is_finite() or abs(amount) > MOST:
                raise InvalidOperation
        except InvalidOperation:
            said = {"number": str(number), "field": "amount (TRNAMT)"}
            problems.append(Problem(0, "", "ofx_line", said))
            continue
        fitid = fields.get("FITID", "")
        if fitid and known.setdefault(fitid, amount) != amount:
            problems.append(Problem(0, "", "number_twice", {"number": fitid}))
            continue
        words = _joined(fields.get("NAME"), fields.get("MEMO"))
        found.append((number, day, amount, words, fitid))
    return found, problems


def _joined(*texts: object) -> str:
    """Texts of a line as one; what stands in two of them is said once."""
    return " ".join(dict.fromkeys(str(text) for text in texts if text))
