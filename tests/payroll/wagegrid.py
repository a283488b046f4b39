"""The rows of the printed wage bracket tables of Pub. 15-T, from their widths."""

import csv
import hashlib
import sys
from decimal import Decimal
from itertools import groupby

from casefile import cases
from tools.payroll.law.certificates import W4Before2020

from devtools.vectors.wagebracket import read_cells


def tables():
    """The 30 printed tables of 2025 and 2026."""
    return cases("wage_bracket_digests.csv")


def rows(table):
    """Yield the lower and upper end of each printed row, dollars."""
    low = Decimal(0)
    for run in table["widths"].split():
        number, width = map(int, run.split("x"))
        for _row in range(number):
            yield low, low + width
            low += width


def midpoint(year, form, pay_period, status, wages):
    """The middle of the row in which ``wages`` fall: what the cell is for."""
    for table in tables():
        key = tuple(table[name] for name in ("year", "form", "pay_period"))
        if key == (str(year), form, pay_period) and table["filing_status"] in (
            "",
            status,
        ):
            for low, high in rows(table):
                if low <= wages < high:
                    return (low + high) / 2
    raise LookupError((year, form, pay_period, status, wages))


def digests(cells):
    """Return a row of ``wage_bracket_digests.csv`` for each table among the cells."""
    printed = {}
    for cell in cells:
        old = isinstance(cell.form, W4Before2020)
        status = cell.form.status.value if old else ""
        form = "pre2020" if old else "2020+"
        table = printed.setdefault(
            (cell.year, form, cell.period.name.lower(), status), {}
        )
        table.setdefault((cell.at_least, cell.less_than), []).append(cell.printed)
    for key, table in printed.items():
        runs = groupby(high - low for low, high in table)
        widths = " ".join(f"{len(list(run))}x{width}" for width, run in runs)
        number = sum(map(len, table.values()))
        yield (
            *key,
            number,
            widths,
            digest((*ends, row) for ends, row in table.items()),
        )


def digest(table):
    """The SHA-256 of a table's rows (lower end, upper end, cells)."""
    text = "".join(
        f"{low} {high} {' '.join(f'{cell:.2f}' for cell in cells)}\n"
        for low, high, cells in table
    )
    return hashlib.sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    # pdftotext -layout p15t.pdf - | PYTHONPATH=medical_office python3 wagegrid.py
    csv.writer(sys.stdout, lineterminator="\n").writerows(
        digests(read_cells(sys.stdin))
    )
