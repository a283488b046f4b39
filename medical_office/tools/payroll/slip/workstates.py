"""Several states of work in one pay: whose wages are which, to the cent.

The pay of a period in which somebody moved belongs to the state in which each day was
worked: by the straight pay of the days (hours times rate, or the salary's days). What
is not paid by the day, a bonus or an overtime premium, follows the same shares. Each
state's tax is then worked out on its own part, annualised by the period as its guide
says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ...money import ZERO, to_cents
from ..law.working import Step
from .employer import Employer

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class WorkState:
    """A state of work in a pay: ``weight`` is the straight pay of its days, dollars.

    ``employer`` holds the practice's own figures with that state.
    """

    state: str
    weight: Decimal
    employer: Employer


def weights(
    days: Mapping[date, Decimal], state_on: Mapping[date, str]
) -> dict[str, Decimal]:
    """Straight pay of each state, in the order in which the states were worked in.

    :param days: dollars of straight pay by the day; a day without pay may be left out
    :param state_on: the state of work of each day in contract
    """
    found: dict[str, Decimal] = {}
    for day in sorted(state_on):
        state = state_on[day]
        found[state] = found.get(state, ZERO) + days.get(day, ZERO)
    return found


def apportion(amount: Decimal, shares: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """``amount`` by ``shares``, each part to the cent, together exactly the amount.

    Without any share the last one takes all.

    :raises ValueError: there is no share, or one is negative
    """
    if not shares or min(shares) < ZERO:
        raise ValueError("An amount is divided by shares of zero or more.")
    whole = sum(shares, ZERO)
    if not whole:
        return (*[ZERO] * (len(shares) - 1), amount)
    parts, done, seen = [], ZERO, ZERO
    for share in shares:
        seen += share
        part = (amount if seen == whole else to_cents(amount * seen / whole)) - done
        done += part
        parts.append(part)
    return tuple(parts)


def part_of(amount: Decimal, places: Sequence[WorkState], state: str) -> Decimal:
    """The part of ``amount`` that belongs to ``state``, one of ``places``."""
    parts = apportion(amount, [place.weight for place in places])
    found = zip(places, parts, strict=True)
    return sum((part for place, part in found if place.state == state), ZERO)


def percents(places: Sequence[WorkState]) -> tuple[Decimal, ...]:
    """The share of each state in percent, two places, together 100."""
    return apportion(HUNDRED, [place.weight for place in places])


def share_step(amount: Decimal, places: Sequence[WorkState], state: str) -> Step:
    """The line of a worksheet that says how a state's wages came about."""
    shares = dict(zip((p.state for p in places), percents(places), strict=True))
    label = f"{shares[state].normalize():f}% of the wages, by the pay of the days there"
    return Step(label, amount)
