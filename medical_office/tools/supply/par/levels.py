"""Reorder point and par of one shelf place, as somebody typed them."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from ..count.counting import impossible
from ..quantity import ZERO

NOT_A_NUMBER, NEGATIVE, TOO_MANY = "not_a_number", "negative", "too_many"
INCOMPLETE, CROSSED, BELOW_MINIMUM = "incomplete", "crossed", "below_minimum"
VITAL = "vital"


@dataclass(frozen=True, slots=True)
class Levels:
    """``low`` is the reorder point, ``high`` the par; None in both is an empty place."""

    low: Decimal | None
    high: Decimal | None

    @property
    def empty(self) -> bool:
        """Whether the place has no par level (any more)."""
        return self.low is None and self.high is None


def read(low: object, high: object) -> Levels | None:
    """Two figures as a client sent them: a number, or None (False, "") for nothing.

    :return: None where one of them is no number
    """
    figures: list[Decimal | None] = []
    for value in (low, high):
        if value is None or value is False or value == "":
            figures.append(None)
            continue
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            return None
        try:
            figures.append(Decimal(str(value).strip()))
        except InvalidOperation:
            return None
    return Levels(*figures)


def problem(levels: Levels | None, minimum: Decimal = ZERO) -> str:
    """Why these levels cannot be, or "".

    :param levels: as :func:`read` gave them
    :param minimum: what must always be there, used or not
    """
    if levels is None:
        return NOT_A_NUMBER
    for figure in (levels.low, levels.high):
        reason = impossible(figure) if figure is not None else ""
        if reason:
            return reason
    if levels.empty:
        return VITAL if minimum > 0 else ""
    if levels.low is None or levels.high is None:
        return INCOMPLETE
    if levels.high < levels.low:
        return CROSSED
    return BELOW_MINIMUM if levels.high < minimum else ""
