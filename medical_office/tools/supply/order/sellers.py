"""Which vendor the host would buy from: its ``_select_seller``, without its queries.

``vendor.choose`` says which vendor is best; this says which one the host takes, so that
our figures and the host's agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

CENT = 0.005  # quantities have two digits: half a step


@dataclass(frozen=True, slots=True)
class Seller:
    """A row of a price list. Ids are the caller's; ``product`` and ``company`` 0 mean
    all. ``minimum`` is in packs, ``discounted`` a price in the company's currency,
    ``lead`` in calendar days, ``pack`` in the item's unit. ``name`` is the vendor's,
    ``agreed`` the contract price of a pack (0: none), ``discount`` in percent."""

    key: int
    vendor: int
    product: int
    company: int
    sequence: int
    minimum: float
    price: float
    discounted: float
    lead: int
    pack: float
    start: date | None = None
    end: date | None = None
    name: str = ""
    agreed: float = 0.0
    discount: float = 0.0

    @property
    def net(self) -> float:
        """The price of a pack in the vendor's currency."""
        return self.price * (1 - self.discount / 100)

    def fits(self, product: int, company: int) -> bool:
        """Whether the row is meant for this item and company."""
        return self.product in (0, product) and self.company in (0, company)


def select_seller(
    offers: Sequence[Seller], quantity: float | None, on: date
) -> Seller | None:
    """The row the host selects.

    :param quantity: in the item's unit; None ignores minimum quantities
    :return: of the vendor who comes first (sequence, higher minimum first, price), the
        cheapest row that holds on the day and whose minimum is reached; None if none
    """
    ranked = sorted(offers, key=lambda o: (o.sequence, -o.minimum, o.price, o.key))
    good = [offer for offer in ranked if _holds(offer, quantity, on)]
    if not good:
        return None
    own = [offer for offer in good if offer.vendor == good[0].vendor]
    return min(own, key=lambda o: (o.discounted, o.sequence, o.key))


def _holds(offer: Seller, quantity: float | None, on: date) -> bool:
    if offer.start and offer.start > on:
        return False
    if offer.end and offer.end < on:
        return False
    if quantity is None:
        return True
    # the host turns the quantity into packs, rounded up to two digits
    packs = -(-quantity * 100 / offer.pack // 1) / 100 if offer.pack != 1 else quantity
    return packs >= offer.minimum - CENT
