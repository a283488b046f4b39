"""Corrects a past pay period in the next one: what was due less what was paid."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ...money import ZERO


@dataclass(frozen=True, slots=True)
class Line:
    """Pay for one code ("regular", "overtime", "pto") at one rate in a past period.

    ``hours`` and dollars; ``amount`` is as rounded on the payslip.
    """

    code: str
    hours: Decimal
    rate: Decimal
    amount: Decimal


def correct(paid: Iterable[Line], due: Iterable[Line]) -> tuple[Line, ...]:
    """Lines to add to the next payslip so that all of ``due`` has been paid.

    Lines of one code and rate are taken together; a correction may be negative. The
    past payslip stays as it was: the correction keeps its code and rate, so that the
    person can see what it is for. It is wages of the period in which it is paid.
    """
    balance: dict[tuple[str, Decimal], tuple[Decimal, Decimal]] = {}
    for sign, lines in ((1, due), (-1, paid)):
        for line in lines:
            key = (line.code, line.rate.normalize())
            hours, amount = balance.get(key, (ZERO, ZERO))
            balance[key] = (hours + sign * line.hours, amount + sign * line.amount)
    return tuple(
        Line(code, hours, rate, amount)
        for (code, rate), (hours, amount) in sorted(balance.items())
        if hours or amount
    )
