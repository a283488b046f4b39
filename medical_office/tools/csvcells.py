"""How one cell of an imported table becomes a value, or says what is wrong with it."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from .core.bounds import FIRST_YEAR, LAST_YEAR

Parser = Callable[[str], object]

# Typed by a person or a spreadsheet: 1234, 1,234.50, -3, $4.20, .5
_NUMBER = re.compile(r"-?\$?(\d{1,3}(,\d{3})+|\d*)(\.\d*)?")
_SCIENTIFIC = re.compile(r"-?\d(\.\d+)?E\+?\d+", re.IGNORECASE)
_NEGATIVE = re.compile(r"-\d+(\.\d+)?")
# years of the practice's records: 0026 and 1026 are slips of the finger
_YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
_ISO_DAY = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})")
_US_DAY = re.compile(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})")
_ISO_MONTH = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})(-01)?")
_US_MONTH = re.compile(r"(?P<m>\d{1,2})/((0?1)/)?(?P<y>\d{4})")

# A cell that a spreadsheet would run as a formula when it is exported again. The
# full-width forms are turned into the plain ones by some spreadsheet programs.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def runs_as_formula(cell: str) -> bool:
    """Whether a spreadsheet would take this text for a formula ("-5" does nothing)."""
    return cell.startswith(FORMULA_STARTS) and not _NEGATIVE.fullmatch(cell)


class CellError(ValueError):
    """A cell cannot be read; ``code`` and ``values`` let the caller translate it."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values: dict[str, str] = {key: str(item) for key, item in values.items()}


def text(max_length: int = 255) -> Parser:
    """Free text. Text that starts like a formula is refused unless it carries the
    apostrophe which our own exports (and spreadsheets) put before it."""

    def parse(cell: str) -> str:
        if len(cell) > max_length:
            raise CellError("too_long", limit=max_length, length=len(cell))
        if cell.startswith("'") and runs_as_formula(cell.lstrip("'")):
            return cell[1:]
        if runs_as_formula(cell):
            raise CellError("formula", cell=cell[:40])
        return cell

    return parse


def identifier(max_length: int = 64) -> Parser:
    """A number or code as text, and not mangled to 1.23E+11 by a spreadsheet."""
    plain = text(max_length)

    def parse(cell: str) -> str:
        if _SCIENTIFIC.fullmatch(cell):
            raise CellError("scientific", cell=cell)
        return str(plain(cell))

    return parse


def code(max_length: int = 64) -> Parser:
    """An identifier without blanks inside."""
    whole_text = identifier(max_length)

    def parse(cell: str) -> str:
        value = str(whole_text(cell))
        if re.search(r"\s", value):
            raise CellError("blank_inside", cell=cell)
        return value

    return parse


def number(
    low: Decimal | int | None = None,
    high: Decimal | int | None = None,
    places: int | None = None,
) -> Parser:
    """A Decimal between ``low`` and ``high`` (both allowed), unrounded.

    US notation: a dot before the decimals, commas only between groups of three, a
    dollar sign is accepted. ``1,5`` is refused rather than read as 15. More than
    ``places`` decimals are refused rather than rounded.
    """

    def parse(cell: str) -> Decimal:
        compact = cell.replace(" ", "")
        if not _NUMBER.fullmatch(compact) or not any(c.isdigit() for c in compact):
            raise CellError("not_a_number", cell=cell[:40])
        value = Decimal(compact.replace(",", "").replace("$", ""))
        if low is not None and value < low:
            raise CellError("too_small", cell=cell, limit=low)
        if high is not None and value > high:
            raise CellError("too_big", cell=cell, limit=high)
        exponent = value.normalize().as_tuple().exponent
        if places is not None and isinstance(exponent, int) and -exponent > places:
            raise CellError("too_precise", cell=cell, places=places)
        return value

    return parse


def whole(low: int | None = None, high: int | None = None) -> Parser:
    """A whole number between ``low`` and ``high``, as int (12.0 is accepted)."""
    decimal = number(low, high)

    def parse(cell: str) -> int:
        value = decimal(cell)
        if not isinstance(value, Decimal) or value != value.to_integral_value():
            raise CellError("not_whole", cell=cell)
        return int(value)

    return parse


def day(cell: str) -> date:
    """A date, ISO (2026-11-24) or US (11/24/2026), of the years that are kept
    (``core.bounds``); two-digit years are refused."""
    found = _ISO_DAY.fullmatch(cell) or _US_DAY.fullmatch(cell)
    if not found or int(found["y"]) not in _YEARS:
        raise CellError("not_a_date", cell=cell[:40])
    try:
        return date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError as error:
        raise CellError("not_a_date", cell=cell[:40]) from error


def month(cell: str) -> date:
    """The first day of a month: 2026-11, 2026-11-01, 11/2026 or 11/1/2026."""
    found = _ISO_MONTH.fullmatch(cell) or _US_MONTH.fullmatch(cell)
    if not found or int(found["y"]) not in _YEARS:
        raise CellError("not_a_month", cell=cell[:40])
    try:
        return date(int(found["y"]), int(found["m"]), 1)
    except ValueError as error:
        raise CellError("not_a_month", cell=cell[:40]) from error


def choice(options: Mapping[str, object]) -> Parser:
    """One of ``options`` (keys in lower case; the cell's case does not matter)."""

    def parse(cell: str) -> object:
        try:
            return options[cell.casefold()]
        except KeyError:
            allowed = ", ".join(options)
            raise CellError("not_a_choice", cell=cell[:40], allowed=allowed) from None

    return parse


_FLAGS = {"yes": True, "y": True, "true": True, "1": True, "x": True} | {
    "no": False, "n": False, "false": False, "0": False,
}  # fmt: skip


def flag(cell: str) -> bool:
    """Yes or no (y/n, true/false, 1/0, x)."""
    try:
        return _FLAGS[cell.casefold()]
    except KeyError:
        raise CellError("not_yes_no", cell=cell[:40]) from None
