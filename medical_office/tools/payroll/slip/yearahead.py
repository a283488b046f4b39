"""A year of paychecks worked out one after another, before anybody is hired."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ...money import ZERO
from ..law.deductionkinds import kind
from ..time.earning import Earning
from .grosstonet import work_out
from .slipfacts import Chosen, Facts, Item, Slip, Totals

Sums = dict[tuple[str, str], Totals]


@dataclass(frozen=True, slots=True)
class PayDay:
    """A pay period with the day it is paid; ``quarter_end``: the quarter's last pay."""

    pay_date: date
    start: date
    end: date
    quarter_end: bool = False


def year_ahead(
    base: Facts,
    days: Sequence[PayDay],
    earnings: Callable[[PayDay], tuple[Earning, ...]],
) -> Iterator[Slip]:
    """Each paycheck of a calendar year, with the year to date of those before it.

    :param base: what does not change: certificate, states, elections (their ``taken`` is
        filled in here), employer
    :param days: the pay days of one calendar year, in order
    :param earnings: what a period pays, in dollars
    :raises ValueError, LookupError: as ``work_out``
    """
    year: Sums = {}
    month: Sums = {}
    ever: dict[str, Decimal] = {}
    last: PayDay | None = None
    for day in days:
        if last and last.pay_date.month != day.pay_date.month:
            month = {}
        facts = replace(
            base,
            pay_date=day.pay_date,
            start=day.start,
            end=day.end,
            quarter_end=day.quarter_end,
            earnings=earnings(day),
            chosen=tuple(_counted(one, day, year, month, ever) for one in base.chosen),
            year=year,
            month=month,
        )
        slip = work_out(facts)
        yield slip
        # the slips before keep what they were worked out from
        year, month, ever = dict(year), dict(month), dict(ever)
        for item in slip.items:
            _add(year, item)
            _add(month, item)
            ever[item.key] = ever.get(item.key, ZERO) - item.amount
        last = day


def _add(sums: Sums, item: Item) -> None:
    so_far = sums.get((item.code, item.key), Totals())
    sums[item.code, item.key] = Totals(
        so_far.amount + item.amount,
        so_far.wages + item.wages,
        so_far.taxed + item.taxed,
    )


def _counted(
    chosen: Chosen, day: PayDay, year: Sums, month: Sums, ever: dict[str, Decimal]
) -> Chosen:
    """The election with what was taken in the span of its limit or goal."""
    election = chosen.election
    which = kind(election.kind, day.pay_date)
    span = month if which.is_monthly else year
    own = [sums for (_code, key), sums in span.items() if key == chosen.key]
    if election.goal:
        taken = ever.get(chosen.key, ZERO)
    else:
        total = sum((sums.amount for sums in own), ZERO)
        taken = total if which.adds else -total
    above = sum((sums.taxed for sums in own), ZERO)
    return replace(chosen, election=replace(election, taken=taken, above=above))
