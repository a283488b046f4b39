"""Several garnishments on one paycheck: who comes first, and how much each may take.

Support comes first (42 USC 666(b)(7)), save after a federal levy that came earlier (26
USC 6334(a)(8)); a Chapter 13 order stays all others (11 USC 362); the rest go by date.
The Consumer Credit Protection Act caps ordinary garnishments and support, not tax
levies and not bankruptcy (15 USC 1673(b)(1)). What was taken before is counted against
the cap of an ordinary garnishment (29 CFR 870.11(b)(2)): 25 percent already gone for
support leaves nothing. State law may say otherwise on priorities: then the orders'
dates, or a :class:`garnishlimits.StateRule`, must say so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from ...money import ZERO, down_to_cents
from ..law.working import Step
from .garnishlimits import HUNDRED, Earnings, figure, ordinary, protected
from .garnishlimits import support as support_limit
from .levy import LevyStatus
from .levy import exempt as exempt_by_law
from .support import Allocation, allocate


class Claim(Enum):
    """What an order enforces."""

    SUPPORT = "support"
    BANKRUPTCY = "bankruptcy"  # Chapter 13
    FEDERAL_LEVY = "federal_levy"
    STATE_LEVY = "state_levy"
    STUDENT_LOAN = "student_loan"
    FEDERAL_AGENCY = "federal_agency"  # debts other than taxes, 31 USC 3720D
    CREDITOR = "creditor"


_NAMED = (
    Claim.BANKRUPTCY,
    Claim.STATE_LEVY,
)  # no cap of federal law stands behind them


@dataclass(frozen=True, slots=True)
class Order:
    """One order to withhold, in dollars per pay period.

    ``amount`` and ``percent`` (of disposable earnings) are what it asks for; neither
    means all that the law allows. ``arrears`` is the part of a support order beside
    current support. ``balance`` is what is still owed in all. ``exempt`` is what a
    federal levy must leave, from the table that came with it; 0 where nobody entered it
    (see :func:`_left_by_levy`). For support: ``has_family`` and
    ``arrears_over_12_weeks`` as the order says.
    """

    reference: str
    claim: Claim
    received: date
    amount: Decimal = ZERO
    percent: Decimal = ZERO
    arrears: Decimal = ZERO
    balance: Decimal | None = None
    exempt: Decimal = ZERO
    has_family: bool = False
    arrears_over_12_weeks: bool = False

    def __post_init__(self) -> None:
        if min(self.amount, self.percent, self.arrears, self.exempt) < 0:
            raise ValueError(f"Order {self.reference}: amounts must be 0 or more.")
        if self.claim in _NAMED and not (self.amount or self.percent):
            raise ValueError(
                f"Order {self.reference}: enter the amount or percentage that the "
                f"{self.claim.value.replace('_', ' ')} names; federal law caps none."
            )


@dataclass(frozen=True, slots=True)
class Withheld:
    """What one order gets on this payday, in dollars, with the reason if it is less."""

    order: Order
    asked: Decimal
    amount: Decimal
    reason: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Cap:
    amount: Decimal
    reason: str
    steps: tuple[Step, ...] = ()


def withhold(
    orders: Sequence[Order],
    earnings: Earnings,
    how: Allocation = Allocation.PROPORTIONAL,
) -> tuple[Withheld, ...]:
    """Apply all orders to one pay period, in order of priority.

    :param how: how the work state shares between several support orders
    :return: one result per order; amounts are whole cents and never exceed the order,
        its balance, the person's earnings or the limit of the law
    """
    done: list[Withheld] = []
    stayed = any(order.claim is Claim.BANKRUPTCY for order in orders)
    for group in _queue(orders):
        taken = sum((item.amount for item in done), ZERO)
        if group[0].claim is Claim.SUPPORT:
            earlier = sum(
                (item.amount for item in done if item.order.claim is Claim.SUPPORT),
                ZERO,
            )
            done.extend(_support(group, orders, earnings, (taken, earlier), how))
        else:
            done.append(_single(group[0], earnings, taken, stayed=stayed))
    return tuple(done)


def _queue(orders: Sequence[Order]) -> list[list[Order]]:
    """Groups in order of priority; support orders of one rank share a group."""
    by_date = sorted(orders, key=lambda order: (order.received, order.reference))
    support = [order for order in by_date if order.claim is Claim.SUPPORT]
    levies = [order for order in by_date if order.claim is Claim.FEDERAL_LEVY]
    first_levy = min((order.received for order in levies), default=date.max)
    before = [order for order in support if order.received <= first_levy]
    after = [order for order in support if order.received > first_levy]
    court = [[order] for order in by_date if order.claim is Claim.BANKRUPTCY]
    placed = (Claim.SUPPORT, Claim.FEDERAL_LEVY, Claim.BANKRUPTCY)
    others = [[order] for order in by_date if order.claim not in placed]
    groups = [before, *court, *([levy] for levy in levies), after, *others]
    return [group for group in groups if group]


def _support(
    group: Sequence[Order],
    orders: Sequence[Order],
    earnings: Earnings,
    taken: tuple[Decimal, Decimal],
    how: Allocation,
) -> list[Withheld]:
    every = [order for order in orders if order.claim is Claim.SUPPORT]
    limit = support_limit(
        earnings,
        has_family=any(order.has_family for order in every),
        arrears_over_12_weeks=any(order.arrears_over_12_weeks for order in every),
        orders=len(every),
    )
    taken_all, taken_support = taken
    room = max(ZERO, min(limit.amount - taken_support, earnings.disposable - taken_all))
    dues = [_due(order, earnings) for order in group]
    parts = allocate(dues, down_to_cents(room), how)
    found = []
    for order, (current, arrears), amount in zip(group, dues, parts, strict=True):
        asked = current + arrears
        reason = "" if amount == asked else "the limit for support is reached"
        steps = (
            Step("Current support and arrears due", asked),
            *limit.steps,
            Step("Left for these support orders", down_to_cents(room)),
            Step(f"Its part ({how.value})", amount, "45 CFR 303.100(a)(5)"),
        )
        found.append(Withheld(order, asked, amount, reason, steps))
    return found


def _due(order: Order, earnings: Earnings) -> tuple[Decimal, Decimal]:
    current = order.amount + down_to_cents(
        earnings.disposable * order.percent / HUNDRED
    )
    arrears = order.arrears
    if order.balance is not None:  # what is owed in all bounds the arrears
        arrears = min(arrears, order.balance)
    return current, arrears


def _single(
    order: Order, earnings: Earnings, taken: Decimal, *, stayed: bool
) -> Withheld:
    left = _Cap(
        max(ZERO, earnings.disposable - taken), "the earnings are used up before it"
    )
    caps = [left]
    if stayed and order.claim is not Claim.BANKRUPTCY:
        caps.append(_Cap(ZERO, "stayed by the bankruptcy order (11 USC 362(a))"))
    else:
        caps.extend(_CAPS[order.claim](order, earnings, taken))
    if order.balance is not None:
        caps.append(_Cap(max(ZERO, order.balance), "its balance is paid"))
    tightest = min(caps, key=lambda cap: cap.amount)
    asked = order.amount + down_to_cents(earnings.disposable * order.percent / HUNDRED)
    if not asked:
        asked = down_to_cents(tightest.amount)
    amount = down_to_cents(min(asked, tightest.amount))
    barred = order.claim is Claim.CREDITOR and earnings.state.bars
    untold = order.claim is Claim.FEDERAL_LEVY and not order.exempt
    reason = tightest.reason if amount < asked or barred or untold else ""
    steps = [Step("Asked for", asked), Step("Taken by orders before it", taken)]
    for cap in caps[1:]:
        steps += [*cap.steps, Step(f"Cap: {cap.reason}", down_to_cents(cap.amount))]
    steps.append(Step("Withheld", amount))
    return Withheld(order, asked, amount, reason, tuple(steps))


def _no_cap(_order: Order, _earnings: Earnings, _taken: Decimal) -> list[_Cap]:
    return []


def _levy(order: Order, earnings: Earnings, taken: Decimal) -> list[_Cap]:
    home = earnings.disposable if earnings.take_home is None else earnings.take_home
    stays, reason = _left_by_levy(order, earnings)
    steps = (
        Step("Take-home pay", home),
        Step("less exempt from levy", stays, "26 USC 6334(a)(9), (d)"),
        Step("less orders before it", taken, "26 USC 6334(a)(8)"),
    )
    return [_Cap(max(ZERO, home - stays - taken), reason, steps)]


def _left_by_levy(order: Order, earnings: Earnings) -> tuple[Decimal, str]:
    """What stays with the person, and why.

    Without an amount from the levy's table the person returned no statement: married
    filing separately without dependents (26 USC 6334(d); Pub. 1494).

    :raises LimitMissing: the table of that year is not settled; the amount is asked for
    """
    if order.exempt:
        return order.exempt, "the exempt amount stays with the person"
    year, status = order.received.year, LevyStatus.MARRIED_SEPARATE
    stays = exempt_by_law(year, status, 0, earnings.period).amount
    return stays, (
        f"no exempt amount is entered: {stays} stays, as for married filing separately "
        "without dependents (26 USC 6334(d))"
    )


def _federal_debt(key: str) -> Callable[[Order, Earnings, Decimal], list[_Cap]]:
    """Caps of 34 CFR 34.19-34.20 and 31 CFR 285.11(i)."""

    def caps(_order: Order, earnings: Earnings, taken: Decimal) -> list[_Cap]:
        percent, source = figure(key, earnings.payday)
        share = earnings.disposable * percent / HUNDRED
        floor = protected(earnings)
        excess = max(ZERO, earnings.disposable - floor.amount)
        found = [
            _Cap(share, f"{percent} % of disposable pay ({source})"),
            _Cap(excess, "30 times the minimum wage stays", floor.steps),
        ]
        if taken:
            quarter, rule = figure("ordinary_percent", earnings.payday)
            rest = max(ZERO, earnings.disposable * quarter / HUNDRED - taken)
            found.append(_Cap(rest, f"{quarter} % less orders before it ({rule})"))
        return found

    return caps


def _creditor(_order: Order, earnings: Earnings, taken: Decimal) -> list[_Cap]:
    cap = ordinary(earnings)
    rest = max(ZERO, cap.amount - taken)
    reason = "the limit for ordinary garnishments is reached (29 CFR 870.11(b)(2))"
    if earnings.state.bars:
        reason = f"the work state does not let creditors take wages ({earnings.state.source})"
    return [_Cap(rest, reason, cap.steps)]


_CAPS: dict[Claim, Callable[[Order, Earnings, Decimal], list[_Cap]]] = {
    Claim.BANKRUPTCY: _no_cap,
    Claim.FEDERAL_LEVY: _levy,
    Claim.STATE_LEVY: _no_cap,
    Claim.STUDENT_LOAN: _federal_debt("student_loan_percent"),
    Claim.FEDERAL_AGENCY: _federal_debt("agency_percent"),
    Claim.CREDITOR: _creditor,
}
