"""How long each partner takes to pay, from what they paid: when an open amount comes."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from statistics import median

from ...dates import next_business_day

# fewer payments say nothing about a partner; the practice's own rhythm is taken then
LEAST = 3
# what should have come already is expected within a week
LATE = 7


def rhythms(paid: Iterable[tuple[int, int]]) -> tuple[dict[int, int], int | None]:
    """Days from document to payment, typical of each partner and of all.

    :param paid: (partner, days) of each settled document
    :return: {partner: median days} of those with enough payments, and the median of all
        (None where nothing was ever paid)
    """
    by_partner: dict[int, list[int]] = {}
    for partner, days in paid:
        by_partner.setdefault(partner, []).append(days)
    every = [days for those in by_partner.values() for days in those]
    typical = {
        partner: round(median(those))
        for partner, those in by_partner.items()
        if len(those) >= LEAST
    }
    return typical, round(median(every)) if every else None


def expected(
    issued: date,
    due: date,
    partner: int,
    typical: Mapping[int, int],
    usual: int | None,
    today: date,
) -> date:
    """The business day on which an open amount probably comes or goes.

    By the partner's rhythm, else by the practice's, else on the due date; what should
    have come by now, a week from today.
    """
    days = typical.get(partner, usual)
    day = due if days is None else issued + timedelta(days=days)
    if day <= today:
        day = today + timedelta(days=LATE)
    return next_business_day(day)
