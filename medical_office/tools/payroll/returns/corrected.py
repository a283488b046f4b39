"""Corrected returns: what was reported, what is right, and the difference (941-X, W-2c)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ...money import ZERO

Where = tuple[int, str]  # person (0: the return as a whole) and line or box
# of Form 941: counted or settled anew, not corrected by Form 941-X
NOT_CORRECTED = frozenset({"1", "13", "14", "15"})


@dataclass(frozen=True, slots=True)
class Figure:
    """One line or box of a return with its wording, in dollars."""

    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Correction:
    """One line or box: the three columns that correction forms ask for."""

    person: int
    key: str
    name: str
    reported: Decimal
    correct: Decimal

    @property
    def difference(self) -> Decimal:
        """Column 3: correct less reported."""
        return self.correct - self.reported


def corrections(
    reported: Mapping[Where, Figure], correct: Mapping[Where, Figure], kind: str
) -> list[Correction]:
    """The lines of a corrected return in the order of the return.

    Of forms for persons (W-2, wage reports) only boxes that differ: a W-2c is filed for
    whom something changes. Of the employer's returns every line that can be corrected.
    A line that only one of them has counts as zero in the other.
    """
    order = [*correct, *(where for where in reported if where not in correct)]
    found = []
    for person, key in order:
        if kind == "941" and (key in NOT_CORRECTED or key.startswith(("16.", "B "))):
            continue
        old, new = reported.get((person, key)), correct.get((person, key))
        line = Correction(
            person,
            key,
            (new or old or Figure(key, ZERO)).name,
            old.amount if old else ZERO,
            new.amount if new else ZERO,
        )
        if line.difference or (kind in ("941", "940") and not person):
            found.append(line)
    return found


def last_day(year: int) -> date:
    """The last day to correct a return of a year: three years after 15 April of the next
    (Instructions for Form 941-X, period of limitations; 26 USC 6501(b)(2), 6513(c))."""
    return date(year + 4, 4, 15)
