"""The rows of the printed wage bracket tables of Pub. 15-T, from their widths."""

from decimal import Decimal

from casefile import cases


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
