"""Which vendor, how much, at what price, and why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ...money import to_cents
from ..notes import Note, note
from ..quantity import ONE, ZERO, up_to


@dataclass(frozen=True, slots=True)
class Offer:
    """A vendor's terms for one item, in the item's unit and the company's currency.

    ``tiers`` are (from quantity, price a unit); empty means the vendor has no price.
    ``lead`` in working days. A price of 0 is a price (public vaccine programs).
    """

    vendor: str
    tiers: tuple[tuple[Decimal, Decimal], ...]
    pack: Decimal = ONE
    minimum: Decimal = ZERO
    lead: float = 0.0
    contract: bool = False
    start: date | None = None
    end: date | None = None

    def valid(self, on: date) -> bool:
        """Whether the terms hold on that day (first and last day included)."""
        started = self.start is None or self.start <= on
        return started and (self.end is None or on <= self.end)

    def price(self, quantity: Decimal) -> Decimal:
        """Price a unit when ``quantity`` is bought: the highest tier it reaches; below
        the first tier, the first tier's.

        :raises ValueError: the vendor has no price
        """
        if not self.tiers:
            raise ValueError(f"{self.vendor} has no price")
        tiers = sorted(self.tiers)
        reached = [price for start, price in tiers if start <= quantity]
        return reached[-1] if reached else tiers[0][1]


@dataclass(frozen=True, slots=True)
class Quote:
    """What covering a need costs at one vendor."""

    offer: Offer
    quantity: Decimal
    price: Decimal
    total: Decimal
    steps: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen quote (None: nobody can deliver), why, and the other quotes."""

    quote: Quote | None
    reasons: tuple[Note, ...]
    others: tuple[Quote, ...] = ()


def quote(offer: Offer, needed: Decimal, most: Decimal | None = None) -> Quote:
    """Order quantity and cost at one vendor.

    The need is raised to the vendor's minimum and rounded up to packs. A price break
    above it is taken if the larger order costs no more in total and stays within
    ``most`` (what is used before it expires).

    :raises ValueError: the vendor has no price, or nothing is needed
    """
    if needed <= 0:
        raise ValueError("nothing is needed")
    steps = [note("needed", needed)]
    quantity = up_to(max(needed, offer.minimum, min(_starts(offer))), offer.pack)
    if quantity > needed:
        steps.append(
            note("vendor_packs", quantity, pack=offer.pack, minimum=offer.minimum)
        )
    total = to_cents(quantity * offer.price(quantity))
    for start in _starts(offer):
        more = up_to(start, offer.pack)
        cost = to_cents(more * offer.price(more))
        if more > quantity and cost <= total and (most is None or more <= most):
            steps.append(note("price_break", more, saved=total - cost, start=start))
            quantity, total = more, cost
    price = offer.price(quantity)
    steps += [note("unit_price", price), note("line_total", total)]
    return Quote(offer, quantity, price, total, tuple(steps))


def choose(
    offers: Sequence[Offer],
    needed: Decimal,
    on: date,
    days_left: Decimal | None = None,
    most: Decimal | None = None,
) -> Choice:
    """The vendor to buy from.

    In this order: terms valid on the day and with a price; in time, if any is (lead
    time within the days the stock lasts), else the fastest; within ``most`` units, if
    any is; under contract, if any is; then the lowest total for the need, the shorter
    lead time, the name.
    """
    reasons: list[Note] = []
    rest: list[Quote] = []
    for offer in offers:
        if not offer.valid(on):
            reasons.append(note("not_valid", vendor=offer.vendor, day=on))
        elif not offer.tiers:
            reasons.append(note("no_price", vendor=offer.vendor))
        else:
            rest.append(quote(offer, needed, most))
    if not rest:
        return Choice(None, (*reasons, note("no_vendor")))
    quotes = list(rest)
    if days_left is not None:
        rest = _in_time(rest, float(days_left), reasons)
    if most is not None:
        limit = most
        rest = _prefer(rest, lambda q: q.quantity <= limit, "too_much", reasons)
    rest = _prefer(rest, lambda q: q.offer.contract, "off_contract", reasons)
    best = min(rest, key=lambda q: (q.total, q.offer.lead, q.offer.vendor))
    code = "only_vendor" if len(rest) == 1 else "cheapest"
    reasons.append(note(code, vendor=best.offer.vendor, total=best.total))
    others = tuple(found for found in quotes if found is not best)
    return Choice(best, tuple(reasons), others)


def _starts(offer: Offer) -> list[Decimal]:
    if not offer.tiers:
        raise ValueError(f"{offer.vendor} has no price")
    return sorted(start for start, _price in offer.tiers)


def _in_time(quotes: list[Quote], days: float, reasons: list[Note]) -> list[Quote]:
    if any(found.offer.lead <= days for found in quotes):
        return _prefer(quotes, lambda q: q.offer.lead <= days, "too_slow", reasons)
    fastest = min(found.offer.lead for found in quotes)
    reasons.append(note("none_in_time", days=days, lead=fastest))
    return [found for found in quotes if found.offer.lead == fastest]


def _prefer(
    quotes: list[Quote],
    wanted: Callable[[Quote], bool],
    code: str,
    reasons: list[Note],
) -> list[Quote]:
    """Those that are ``wanted``, if there are any; the others get a reason."""
    good = [found for found in quotes if wanted(found)]
    if not good:
        return quotes
    for found in quotes:
        if found not in good:
            offer = found.offer
            reasons.append(
                note(
                    code, vendor=offer.vendor, lead=offer.lead, quantity=found.quantity
                )
            )
    return good
