"""The year as CSV: ``record,period,item,amount``, then what has to tie."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TextIO

from tools.money import CENT, ZERO
from tools.payroll.books.opening import PAY

from . import books as b
from .filings import Filings, Report, file
from .person import Life
from .placing import place
from .tieout import sentences, ties

HEADER = ("record", "period", "item", "amount")
Row = tuple[str, ...]
# pay that a payslip adds up, and what it takes off
EARNED = (*PAY, "DIFF", "OTS", "RETRO")
WITHHELD = ("S125", "RET", "FIT", "SS", "MED", "ADDMED", "SIT", "SOTH", "LIT")
TAKEN = (*WITHHELD, "GARN", "ROTH", "POST", "ADV")
TWO_COLUMNS = ("5a", "5b", "5c", "5d")
TAXES = ("FIT", "SS", "MED", "ADDMED", "SIT", "SOTH", "LIT")
EMPLOYER_TAXES = ("ER_SS", "ER_MED", "FUTA", "SUTA")


def write(life: Life, out: TextIO, say: Callable[[str], None]) -> bool:
    """Write a lived year.

    :param say: takes each remark and each sentence about what does not tie
    :return: whether everything ties
    """
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(HEADER)
    rows.writerows(_payments(life))
    good = True
    for year in life.books.years():
        places = life.everywhere()
        place(life.books, places, year)
        filings = file(life.books, places, year)
        found = ties(life.books, places, filings)
        rows.writerows(_year(life, filings))
        for tie in found:
            rows.writerow(("tie-out", str(year), tie.item, _cents(tie.difference)))
        life.books.notes += filings.notes
        for text in sentences(filings, found):
            good = False
            life.books.notes.append(f"Does not tie: {text}")
    for note in dict.fromkeys(life.books.notes):
        say(note)
    return good


def _cents(amount: Decimal) -> str:
    return f"{amount.quantize(CENT) + ZERO:f}"


def _row(record: str, period: str, item: str, amount: Decimal) -> Row:
    return (record, period, item, _cents(amount))


# --------------------------------------------------------------------- the payments


def _payments(life: Life) -> Iterator[Row]:
    """Openings, payments and voids in the order in which they happened."""
    done: dict[tuple[str, str], list[b.Entry]] = {}
    for entry in life.books.entries:
        ref = entry.ref if entry.source != b.OPENING else str(entry.belongs)
        done.setdefault((entry.source, ref), []).append(entry)
    for (source, ref), entries in done.items():
        yield from _lines(source, ref, entries)


def _lines(record: str, period: str, entries: list[b.Entry]) -> Iterator[Row]:
    """The codes of one payment, each with its wages and what was taxed of them."""
    for code in dict.fromkeys(e.code for e in entries):
        own = [e for e in entries if e.code == code]
        yield from _code(record, period, code, own)
        parts = dict.fromkeys(_part(e) for e in own)
        if list(parts) != [""]:
            for part in filter(None, parts):
                these = [e for e in own if _part(e) == part]
                yield from _code(record, period, f"{code}.{part}", these)
    gross = b.amount(entries, *EARNED)
    net = gross + b.amount(entries, *TAKEN, "REIMB")
    yield _row(record, period, "GROSS", gross)
    yield _row(record, period, "NET", net)


def _code(record: str, period: str, name: str, own: list[b.Entry]) -> Iterator[Row]:
    code = name.partition(".")[0]
    yield _row(record, period, name, sum((e.amount for e in own), ZERO))
    if code in TAXES or code in EMPLOYER_TAXES:
        yield _row(record, period, f"{name}.wages", sum((e.wages for e in own), ZERO))
        yield _row(record, period, f"{name}.taxed", sum((e.taxed for e in own), ZERO))


def _part(entry: b.Entry) -> str:
    """What tells the items of one code apart, as it is written behind the code."""
    if entry.code == "FIT":
        return entry.key or "regular"
    if entry.code == "RETRO":
        return entry.key.removeprefix("retro:").partition(":")[0]
    if entry.code == "UNC":
        return entry.key
    for start in ("owe:election:", "election:", "other:", "order:"):
        if entry.key.startswith(start):
            return entry.key.removeprefix(start)
    return "match" if entry.key.startswith("match:") else ""


# ------------------------------------------------------------------------- the year


def _year(life: Life, filings: Filings) -> Iterator[Row]:
    yield from _settled(life, filings.year)
    yield from _941(filings)
    for form, found in (
        ("941", filings.federal_deposits),
        ("940", filings.futa_deposits),
    ):
        for one in found:
            yield _row("deposit", str(one.due), form, one.amount)
    period = str(filings.year)
    for line, amount in filings.form_940.lines.items():
        yield _row("940", period, line, amount)
    yield from _w2(filings)
    yield from _state(filings.state)
    yield from _totals(life, filings.year)


def _settled(life: Life, year: int) -> Iterator[Row]:
    own = [e for e in life.books.year(year) if e.source == b.SETTLE]
    for code in dict.fromkeys(e.code for e in own):
        these = [e for e in own if e.code == code]
        yield _row("settle", str(year), code, b.amount(these, code))
        yield _row("settle", str(year), f"{code}.taxed", b.taxed(these, code))


def _line_name(line: str) -> str:
    """ "5a.wages" and "5a.tax" for the two columns of a line."""
    if line in TWO_COLUMNS:
        return f"{line}.wages"
    if line.removesuffix("2") in TWO_COLUMNS:
        return f"{line.removesuffix('2')}.tax"
    return line


def _941(filings: Filings) -> Iterator[Row]:
    for one in filings.quarters:
        period = f"{filings.year}Q{one.number}"
        for line, amount in one.filed.lines.items():
            yield _row("941", period, _line_name(line), amount)
        for number, amount in enumerate(one.filed.months, 1):
            yield _row("941", period, f"16.month{number}", amount)
    for one in filings.quarters:
        for line, amount in one.corrections.items():
            period = f"{filings.year}Q{one.number}"
            yield _row("941-X", period, _line_name(line), amount)


def _w2(filings: Filings) -> Iterator[Row]:
    form, period = filings.w2, str(filings.year)
    for box in dict.fromkeys([*"123456", *form.money]):
        yield _row("w2", period, f"box{box}", form.money.get(box, ZERO))
    for code, amount in form.codes.items():
        yield _row("w2", period, f"box12.{code}", amount)
    for label, amount in form.other.items():
        yield _row("w2", period, f"box14.{label}", amount)
    for state in form.states:
        yield _row("w2", period, f"box16.{state.state}", state.wages)
        yield _row("w2", period, f"box17.{state.state}", state.tax)
        if state.locality:
            yield _row("w2", period, "box18", state.local_wages)
            yield _row("w2", period, "box19", state.local_tax)


def _state(reports: Mapping[tuple[str, str], Report]) -> Iterator[Row]:
    """The state stands between record and period: ``state,WI,2026Q1,SUTA,...``."""
    for record in ("state", "state-X"):
        for (state, period), report in reports.items():
            found = report.filed if record == "state" else report.corrections
            for item, amount in found.items():
                yield (record, state, period, item, _cents(amount))


def _totals(life: Life, year: int) -> Iterable[Row]:
    """The year by code, as on the payslips, voids and settlement included."""
    return _lines("year", str(year), life.books.year(year))
