"""A distribution to investors: divided by what each holds, to the cent, nothing left."""

from collections.abc import Hashable, Mapping
from decimal import ROUND_DOWN, Decimal

from ...money import CENT, ZERO, to_cents


def divide(
    amount: Decimal, holdings: Mapping[Hashable, Decimal]
) -> dict[Hashable, Decimal]:
    """Divide an amount by holdings; the parts add up to the amount exactly.

    Each part is rounded down to the cent; the cents left go, one each, to whoever lost
    the largest fraction, ties in the order given.

    :param amount: dollars, with whole cents, not negative
    :param holdings: units (or percent) of each on the record day, none negative
    :raises ValueError: nobody holds anything, or a number is negative
    """
    total = sum(holdings.values(), ZERO)
    if amount < 0 or any(units < 0 for units in holdings.values()):
        raise ValueError("amount and holdings are not negative")
    if total <= 0:
        raise ValueError("nobody holds anything")
    amount = to_cents(amount)
    exact = {key: amount * units / total for key, units in holdings.items()}
    parts = {key: share.quantize(CENT, ROUND_DOWN) for key, share in exact.items()}
    left = int((amount - sum(parts.values(), ZERO)) / CENT)
    order = sorted(exact, key=lambda key: parts[key] - exact[key])
    for key in order[:left]:
        parts[key] += CENT
    return parts
