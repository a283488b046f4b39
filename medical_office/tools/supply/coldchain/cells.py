"""One cell of a temperature column: a figure, a word for "nothing", or neither."""

import re
from decimal import Decimal

from ...csvcells import CellError
from .reading import to_celsius
from .titles import plain

LOWEST, HIGHEST = Decimal(-120), Decimal(60)  # beyond, the probe is broken or the unit
REMEMBERED = 50_000

# "No reading" as loggers write it: a stretch of them is a gap, not a calm time. "HI" and
# "LO" are none of them: they say that it was beyond what the logger can measure.
NOTHING = frozenset(
    {
        "", "-", "--", "---", "----", "--.-", "-.-", "n/a", "na", "n.a.", "nan", "null",
        "none", "unavailable", "unknown", "no data", "no reading", "fault", "open",
        "no probe", "probe error", "probe fault", "no sensor", "sensor error",
        "sensor fault", "sensor failure", "not connected", "disconnected", "nc", "n.c.",
        "missing", "paused", "no value", "sensor not connected", "not measured", "#n/a",
        "-888.88", "-888.9", "-999", "-999.0", "-999.9", "-9999",
        "-1999", "-327.7", "logged",
    }
)  # fmt: skip

_ERROR = re.compile(r"err(?:or)?[-: ]*\d{0,3}")  # "Err 1": a number of the fault
_CELL = re.compile(
    r"(?P<n>[-+]?(?:\d+(?:[.,]\d+)?|[.,]\d+))\s*(?:°|deg(?:rees?|\.)?)?\s*"
    r"(?P<u>[cf](?:elsius|ahrenheit)?)?"
)


class NoReading(Exception):
    """The cell says that there was no reading."""


def figure_of(cell: str) -> tuple[Decimal, str] | None:
    """Number and unit ("" if not named) of a cell, None if it is no temperature.

    Decimal point or comma; no thousands.
    """
    found = _CELL.fullmatch(plain(cell).replace("−", "-"))
    if not found:
        return None
    return Decimal(found["n"].replace(",", ".")), (found["u"] or "")[:1].upper()


class Degrees(dict[str, Decimal]):
    """{cell: degrees Celsius} for one column: each different cell is read once.

    :raises NoReading: the cell is blank or says so
    :raises CellError: it is no temperature, has another unit, or is implausible
    """

    def __init__(self, unit: str) -> None:
        super().__init__()
        self.unit = unit

    def __missing__(self, cell: str) -> Decimal:
        if plain(cell) in NOTHING or _ERROR.fullmatch(plain(cell)):
            raise NoReading(cell)
        found = figure_of(cell)
        if found is None:
            raise CellError("bad_temperature", cell=cell[:40])
        number, unit = found
        if unit and unit != self.unit:
            raise CellError("two_units", cell=cell[:40], unit=f"°{self.unit}")
        celsius = to_celsius(number) if self.unit == "F" else number
        if not LOWEST <= celsius <= HIGHEST:
            raise CellError("implausible", cell=cell[:40])
        if len(self) >= REMEMBERED:
            self.clear()
        self[cell] = celsius
        return celsius
