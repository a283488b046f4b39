"""Bracket schedules and step tables: the two shapes in which states print tax."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from ....money import ZERO
from .errors import BadTable

PERCENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Bracket:
    """Over ``floor`` dollars: ``base`` dollars plus ``percent`` of the excess."""

    floor: Decimal
    base: Decimal
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Schedule:
    """Brackets in rising order.

    :raises BadTable: no bracket, floors that do not rise, or a rate out of 0 to 100
    """

    brackets: tuple[Bracket, ...]
    _floors: tuple[Decimal, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        floors = tuple(row.floor for row in self.brackets)
        if not floors:
            raise BadTable("A bracket table needs at least one bracket.")
        if floors[0] < 0:
            raise BadTable(f"The first bracket starts below zero ({floors[0]}).")
        for below, above in pairwise(floors):
            if above <= below:
                raise BadTable(
                    f"The bracket over {above} comes after the one over {below}: "
                    "enter the brackets in rising order, each floor once."
                )
        for row in self.brackets:
            if not 0 <= row.percent <= 100:
                raise BadTable(
                    f"The bracket over {row.floor} has a rate of {row.percent} "
                    "percent; a rate is between 0 and 100."
                )
        object.__setattr__(self, "_floors", floors)

    def bracket(self, taxable: Decimal) -> Bracket | None:
        """The bracket in which ``taxable`` dollars end, None below the first."""
        place = bisect_right(self._floors, taxable) - 1
        return self.brackets[place] if place >= 0 else None

    def tax(self, taxable: Decimal) -> Decimal:
        """Tax on ``taxable`` dollars, unrounded, never below 0."""
        row = self.bracket(taxable) if taxable > 0 else None
        if row is None:
            return ZERO
        return max(ZERO, row.base + (taxable - row.floor) * row.percent * PERCENT)

    def jumps(self) -> Iterator[tuple[Bracket, Decimal]]:
        """Each bracket with the dollars by which its base differs from the tax that
        the bracket below reaches there: cents are the printer's rounding, dollars a
        slip of the pen (or a state that means it)."""
        for below, above in pairwise(self.brackets):
            reached = below.base + (above.floor - below.floor) * below.percent * PERCENT
            yield above, above.base - reached


@dataclass(frozen=True, slots=True)
class StepTable:
    """Amounts that change at edges, such as "over 24,000 but not over 25,000".

    :raises BadTable: edges that do not rise
    """

    edges: tuple[Decimal, ...]
    amounts: tuple[Decimal, ...]

    def __post_init__(self) -> None:
        if not self.edges or list(self.edges) != sorted(set(self.edges)):
            raise BadTable("The edges of a step table have to rise.")

    def over(self, value: Decimal) -> Decimal:
        """The amount for a value *over* its edge; 0 where no edge is passed."""
        return self._at(bisect_left(self.edges, value) - 1)

    def at_least(self, value: Decimal) -> Decimal:
        """The amount for a value of *at least* its edge; 0 below the first."""
        return self._at(bisect_right(self.edges, value) - 1)

    def _at(self, place: int) -> Decimal:
        return self.amounts[place] if place >= 0 else ZERO


def slices(bands: Sequence[tuple[Decimal, Decimal]], taxable: Decimal) -> Decimal:
    """Tax where each (edge, percent) band is charged on its own slice, in dollars."""
    tax = ZERO
    edges = [edge for edge, _ in bands]
    for (edge, percent), end in zip(bands, [*edges[1:], taxable], strict=True):
        tax += max(ZERO, min(end, taxable) - edge) * percent * PERCENT
    return tax
