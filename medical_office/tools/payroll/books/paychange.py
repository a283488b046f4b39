"""Why a person's net pay differs from the last one: causes that add up to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from ...money import ZERO, to_cents
from .posting import EMPLOYER, NO_MONEY


class Why(Enum):
    """What changed about a line."""

    NEW = "new"
    GONE = "gone"
    HOURS = "hours"
    RATE = "rate"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of a slip: dollars as signed there, and hours of pay for time."""

    amount: Decimal
    hours: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Cause:
    """Dollars of change in net pay, the line they come from, and why."""

    code: str
    change: Decimal
    why: Why


def causes(
    before: Mapping[str, Figure], now: Mapping[str, Figure]
) -> tuple[Cause, ...]:
    """Causes by code, the largest first. They add up to the change in net pay.

    Pay for time is split into hours (at the old rate) and rate (the rest). Employer's
    shares and imputed income do not touch the net and are left out.
    """
    found: list[Cause] = []
    for code in dict.fromkeys((*now, *before)):
        if code in EMPLOYER or code in NO_MONEY:
            continue
        found += _of_line(code, before.get(code), now.get(code))
    return tuple(sorted(found, key=lambda cause: -abs(cause.change)))


def _of_line(code: str, old: Figure | None, new: Figure | None) -> list[Cause]:
    if old is None or new is None:
        amount = (new.amount if new else ZERO) - (old.amount if old else ZERO)
        why = Why.NEW if new else Why.GONE
        return [Cause(code, amount, why)] if amount else []
    change = new.amount - old.amount
    if not change:
        return []
    if not (old.hours and new.hours):
        return [Cause(code, change, Why.AMOUNT)]
    hours = to_cents((new.hours - old.hours) * old.amount / old.hours)
    parts = [Cause(code, hours, Why.HOURS), Cause(code, change - hours, Why.RATE)]
    return [part for part in parts if part.change]
