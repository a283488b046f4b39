"""The shape of a file of test vectors: a header, rows, and what is found in a row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, TypeVar

from tools.money import ZERO, money
from tools.payroll.law.working import Step, Worked

_T = TypeVar("_T")


class BadCell(ValueError):
    """A cell that cannot be used: its field, and what to write instead."""

    def __init__(self, field: str, text: str, remedy: str) -> None:
        super().__init__(f"field {field}: {text!r} cannot be used; {remedy}")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """What a row expects and what we get, with our working."""

    ident: str
    what: str
    ours: Decimal
    expected: Decimal
    tolerance: Decimal
    steps: tuple[Step, ...]


class Checker(Protocol):
    """Checks the rows of one kind of vector file."""

    def __init__(self, header: Sequence[str]) -> None: ...

    def ident(self, cells: Sequence[str]) -> str:
        """The name of a row, to find it again."""

    def check(self, cells: Sequence[str]) -> Mismatch | None:
        """Compare one row with our figure.

        :raises ValueError: the row cannot be used (``BadCell`` names the field)
        :raises LookupError: a table it needs is not shipped
        """


class Columns:
    """Finds cells by the name of their column; a missing column reads as empty."""

    def __init__(self, header: Sequence[str], required: Sequence[str]) -> None:
        """:raises ValueError: a required column is missing"""
        self._place = {name.strip(): place for place, name in enumerate(header)}
        missing = [name for name in required if name not in self._place]
        if missing:
            raise ValueError(f"The header lacks the columns {', '.join(missing)}")

    def place(self, name: str) -> int | None:
        """Return the position of a column, None if the file has none of it."""
        return self._place.get(name)

    def text(self, cells: Sequence[str], name: str) -> str:
        """Return a cell without outer blanks."""
        place = self._place.get(name)
        return "" if place is None else cells[place].strip()

    def amount(
        self, cells: Sequence[str], name: str, default: Decimal | None = None
    ) -> Decimal:
        """Return a cell as dollars; ``default`` for an empty one.

        :raises BadCell: no number, or empty without a default
        """
        text = self.text(cells, name)
        if not text and default is not None:
            return default
        return _amount(text, name)

    def not_negative(
        self, cells: Sequence[str], name: str, default: Decimal | None = ZERO
    ) -> Decimal:
        """As ``amount``, refusing a negative one.

        :raises BadCell: no number, a negative one, or empty without a default
        """
        amount = self.amount(cells, name, default)
        if amount < ZERO:
            raise BadCell(name, str(amount), "write 0 or a positive amount")
        return amount

    def whole(self, cells: Sequence[str], name: str, default: int | None = None) -> int:
        """Return a cell as a whole number, also written as 2.0 or 2,000.

        :raises BadCell: no whole number, or empty without a default
        """
        text = self.text(cells, name)
        if not text and default is not None:
            return default
        number = _amount(text, name)
        if number != int(number):
            raise BadCell(name, text, "write a whole number")
        return int(number)

    def flag(self, cells: Sequence[str], name: str) -> bool:
        """Return a yes or no; empty is no.

        :raises BadCell: something else
        """
        text = self.text(cells, name)
        return bool(text) and choose(name, text, FLAGS)


FLAGS: Mapping[str, bool] = {
    **dict.fromkeys(("1", "yes", "y", "true", "x", "checked"), True),
    **dict.fromkeys(("0", "no", "n", "false", "unchecked"), False),
}


def choose(field: str, text: str, choices: Mapping[str, _T]) -> _T:
    """Return what ``text`` stands for, whatever its case.

    :raises BadCell: it stands for nothing; the choices are named
    """
    try:
        return choices[text.lower()]
    except KeyError:
        known = ", ".join(choices)
        raise BadCell(field, text, f"write one of: {known}") from None


def compare(
    ident: str,
    what: str,
    worked: Callable[[], Worked],
    ours: Decimal,
    expected: Decimal,
    tolerance: Decimal,
) -> Mismatch | None:
    """Return None if ``ours`` is as expected, else the mismatch with its working.

    The working comes from ``worked``, called for a mismatch only: it costs more than
    the figure.
    """
    if abs(ours - expected) <= tolerance:
        return None
    return Mismatch(ident, what, ours, expected, tolerance, worked().steps)


def _amount(text: str, field: str) -> Decimal:
    try:
        return money(text)
    except ValueError:
        raise BadCell(field, text, "write an amount such as 1234.56") from None
