"""What a person is paid from which day on, before and after somebody wrote it."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple


class Pay(NamedTuple):
    """An amount with its unit ("hour", "year"); an amount of zero is no pay yet."""

    amount: Decimal
    per: str


Line = list[tuple[date, Pay]]


def unlike(before: Line, after: Line) -> dict[date, Pay]:
    """{first day of a span after: pay before that it differs from}.

    Days ahead of the first one known before are compared with the first pay known. A
    span that is new and pays what was paid on each of its days is not in the answer.

    :param before, after: [(first day, ``Pay``)], sorted by day
    """
    if not before:
        return {}
    found = {}
    ends = [*(day for day, _pay in after), date.max][1:]
    for (start, pay), end in zip(after, ends, strict=True):
        earlier = [old for day, old in before if day <= start] or [before[0][1]]
        within = [old for day, old in before if start < day < end]
        others = [old for old in [earlier[-1], *within] if old.amount and old != pay]
        if others:
            found[start] = others[0]
    return found
