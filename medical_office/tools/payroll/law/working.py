"""The shown working of a calculation: an amount and the steps that led to it."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a worksheet, as an accountant would write it down.

    ``label`` is the worksheet's own line name ("1e", "Line 2g: ..."), ``amount`` the
    figure on that line in dollars (or a rate or count), ``source`` the citation.
    """

    label: str
    amount: Decimal
    source: str = ""


@dataclass(frozen=True, slots=True)
class Worked:
    """A result in dollars, with its steps in the order in which they were taken."""

    amount: Decimal
    steps: tuple[Step, ...] = ()
