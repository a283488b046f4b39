"""Par level and reorder point of one item in one room, from its real use.

Policy (R, s, S) of Silver, Pyke, Thomas, ch. 6.4 and 7: the shelf is counted every R
working days; if stock on hand and on order is below the reorder point s, it is filled
up to par S. s is what is enough, with the chance of the service level, until the
filling after the next one has arrived (R + L days). The host orders strictly below its
minimum and rounds up to packs; s and S are meant for exactly that.
"""

import math
from dataclasses import dataclass
from decimal import Decimal

from ..money import to_cents
from .demand import CompoundDemand, Demand, LeadTime
from .method import Fit, fit
from .notes import Note, note
from .quantity import ONE, ZERO, down_to, exact, steps_up, up_to
from .usage import Usage

MIN_HISTORY_DAYS = 20
LONGEST_ORDER_WEEKS = 13
REFERENCE_EVIDENCE = 4.0  # another room's use counts like four days with use of one's own


@dataclass(frozen=True, slots=True)
class Policy:
    """How a practice wants its shelves run.

    :param service: chance that a shelf lasts until it is filled (0.5 to 0.9999)
    :param review: working days between two counts of the shelf
    :param order_cost: dollars of work per filled line; 0 fills up at every count
    :param holding: yearly cost of money and space, as a share of the stock's value
    """

    service: float = 0.95
    review: float = 5.0
    order_cost: Decimal = ZERO
    holding: Decimal = Decimal("0.25")

    def __post_init__(self) -> None:
        if not 0.5 <= self.service <= 0.9999:
            raise ValueError("the service level lies between 50 % and 99.99 %")
        if not self.review > 0:
            raise ValueError("the review interval is at least part of a day")
        if self.order_cost < 0 or self.holding <= 0:
            raise ValueError("order cost is not negative, holding cost is positive")


@dataclass(frozen=True, slots=True)
class Item:
    """What matters of the item and its place: quantities in its unit, dollars a unit.

    :param pack: multiple in which the shelf is filled; ``unit`` the smallest quantity
    :param shelf_days: working days the item keeps after it has come to the shelf
    :param minimum: always there, used or not (an emergency drug)
    :param capacity: what fits on the shelf
    :param par, reorder: the levels in force
    :param reference: use per working day of a like item or room, for an item that is
        new here; ``reference_name`` says which
    """

    cost: Decimal
    pack: Decimal = ONE
    unit: Decimal = ONE
    shelf_days: float | None = None
    minimum: Decimal = ZERO
    capacity: Decimal | None = None
    par: Decimal | None = None
    reorder: Decimal | None = None
    reference: float | None = None
    reference_name: str = ""

    def __post_init__(self) -> None:
        if self.unit <= 0 or self.pack < self.unit or self.pack % self.unit:
            raise ValueError("a pack is a whole number of units")
        if self.cost < 0 or self.minimum < 0:
            raise ValueError("cost and minimum are not negative")
        if self.shelf_days is not None and not self.shelf_days >= 0:
            raise ValueError("a shelf life is not negative")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed par and reorder point with everything a manager needs to judge it.

    ``service`` is the chance the reorder point gives (None: no demand model),
    ``rate`` the expected use per working day, ``average_value`` the dollars usually on
    the shelf, ``par_value`` the dollars on a full shelf.
    """

    par: Decimal
    reorder: Decimal
    method: str
    rate: float
    service: float | None
    average_value: Decimal
    par_value: Decimal
    notes: tuple[Note, ...]


def propose(usage: Usage, lead: LeadTime, policy: Policy, item: Item) -> Proposal:
    """Par and reorder point for one room and item.

    :param usage: consumption by working day (see ``usage.Window``)
    :param lead: working days from the count until the shelf is filled
    :return: levels in whole units with par >= reorder >= 0; neither falls when service
        level or lead time rise; par never exceeds what is used within the shelf life,
        unless the item's minimum demands it. ``notes`` tell the reasons in order.
    """
    if not usage.events or usage.days < MIN_HISTORY_DAYS:
        return _without_history(usage, lead, policy, item)
    return _from_demand(fit(usage, float(item.unit)), lead, policy, item, usage)


def _from_demand(
    model: Fit, lead: LeadTime, policy: Policy, item: Item, usage: Usage
) -> Proposal:
    demand, notes = model.demand, list(model.notes)
    span = policy.review + lead.mean
    notes.append(
        note("span", review=policy.review, lead=lead.mean, spread=lead.spread, span=span)
    )
    level = demand.level(policy.service, policy.review, lead)
    busy = model.busy_level(policy.service, span)
    reorder = steps_up(max(level, busy, 0.0), item.unit)
    expected = demand.rate * span
    notes.append(
        note(
            "reorder",
            percent=_percent(policy.service),
            reorder=reorder,
            expected=expected,
            safety=float(reorder) - expected,
        )
    )
    if busy > level:
        notes.append(note("busy_days", level=busy))
    one_use = steps_up(model.usual, item.unit)
    if reorder < one_use:
        reorder = one_use
        notes.append(note("one_use", usual=one_use))
    order = _economic_order(demand.rate * usage.year, policy, item)
    if order > item.unit:
        notes.append(note("economic_order", order=order, cost=policy.order_cost))
    par = up_to(reorder + max(order - item.unit, ZERO), item.pack)
    if item.pack > item.unit and par != reorder:
        notes.append(note("packs", pack=item.pack, par=par))
    return _limited(par, reorder, demand, lead, policy, item, notes, model.kind, usage)


def _limited(
    par: Decimal,
    reorder: Decimal,
    demand: Demand,
    lead: LeadTime,
    policy: Policy,
    item: Item,
    notes: list[Note],
    method: str,
    usage: Usage,
) -> Proposal:
    """Apply shelf life, room on the shelf and minimum, in this order of weakness."""
    wanted = reorder
    for limit, limit_note in _limits(demand.rate, item):
        if limit < par:
            par = limit
            notes.append(limit_note)
    reorder = min(reorder, par)
    if reorder < item.minimum:
        notes.append(note("minimum", minimum=item.minimum))
        reorder, par = item.minimum, max(par, item.minimum)
    service = policy.service
    if reorder < wanted:
        service = demand.chance(float(reorder), policy.review, lead)
        notes.append(note("service_lowered", percent=_percent(service)))
    # After each count the stock on hand and on order lies between the reorder point
    # and par (plus what rounding up to a pack brings); use until the delivery and half
    # of the interval to the next one is taken off.
    position = float(reorder + par + item.pack - item.unit) / 2
    average = max(position - demand.rate * (lead.mean + policy.review / 2), 0.0)
    return _proposal(par, reorder, method, demand.rate, service, average, item, notes, usage)


def _limits(rate: float, item: Item) -> list[tuple[Decimal, Note]]:
    """Upper limits of par; a delivery may overshoot par by all but a unit of a pack."""
    limits = []
    overshoot = item.pack - item.unit
    if item.shelf_days is not None:
        used = down_to(exact(rate * item.shelf_days), item.unit)
        limit = max(down_to(used - overshoot, item.pack), ZERO)
        code = "shelf_life" if limit else "pack_outlives"
        limits.append(
            (limit, note(code, days=item.shelf_days, used=used, pack=item.pack))
        )
    if item.capacity is not None:
        limit = max(down_to(item.capacity - overshoot, item.unit), ZERO)
        limits.append((limit, note("capacity", capacity=item.capacity)))
    return limits


def _economic_order(yearly: float, policy: Policy, item: Item) -> Decimal:
    """Wilson's order quantity in whole units, at most a quarter's use."""
    if not policy.order_cost or not item.cost:
        return ZERO
    yearly_cost = float(item.cost * policy.holding)
    best = math.sqrt(2 * float(policy.order_cost) * yearly / yearly_cost)
    return steps_up(min(best, yearly * LONGEST_ORDER_WEEKS / 52), item.unit)


def _without_history(
    usage: Usage, lead: LeadTime, policy: Policy, item: Item
) -> Proposal:
    """The named fallbacks: like item or room, levels in force, minimum or one unit."""
    if usage.days >= MIN_HISTORY_DAYS and not usage.events:
        notes = [note("no_use", days=usage.days)]
        if item.minimum:
            notes.append(note("minimum", minimum=item.minimum))
        return _kept(item.minimum, item.minimum, "no_use", item, notes, usage)
    notes = [note("too_new", days=usage.days, needed=MIN_HISTORY_DAYS)]
    if item.reference:
        notes.append(
            note(
                "fallback_reference",
                name=item.reference_name,
                week=item.reference * usage.week,
            )
        )
        unit = float(item.unit)
        demand = CompoundDemand(
            item.reference,
            item.reference / unit,
            ((1, 1.0),),
            unit,
            REFERENCE_EVIDENCE,
        )
        model = Fit(demand, "fallback_reference", unit, tuple(notes), usage)
        return _from_demand(model, lead, policy, item, usage)
    if item.par is not None:
        par = max(item.par, item.minimum)
        reorder = max(min(item.reorder or ZERO, par), item.minimum)
        notes.append(note("fallback_current", par=par, reorder=reorder))
        return _kept(par, reorder, "fallback_current", item, notes, usage)
    reorder = max(item.minimum, item.unit)
    par = up_to(reorder, item.pack)
    notes.append(note("fallback_pack", par=par, reorder=reorder))
    return _kept(par, reorder, "fallback_pack", item, notes, usage)


def _kept(
    par: Decimal,
    reorder: Decimal,
    method: str,
    item: Item,
    notes: list[Note],
    usage: Usage,
) -> Proposal:
    """Levels that follow from no demand: the shelf is taken to be full."""
    return _proposal(par, reorder, method, 0.0, None, float(par), item, notes, usage)


def _proposal(
    par: Decimal,
    reorder: Decimal,
    method: str,
    rate: float,
    service: float | None,
    average: float,
    item: Item,
    notes: list[Note],
    usage: Usage,
) -> Proposal:
    par_value = to_cents(par * item.cost)
    average_value = to_cents(exact(round(average, 6)) * item.cost)
    notes.append(note("money", par_value=par_value, average_value=average_value))
    if item.par is not None and (par, reorder) != (item.par, item.reorder):
        before = to_cents(item.par * item.cost)
        code = "raises" if par_value > before else "frees"
        code = code if par_value != before else "moves"
        notes.append(
            note(
                code,
                old_par=item.par,
                old_reorder=item.reorder or ZERO,
                par=par,
                reorder=reorder,
                money=abs(par_value - before),
            )
        )
    return Proposal(
        par, reorder, method, rate, service, average_value, par_value, tuple(notes)
    )


def _percent(chance: float) -> str:
    return f"{100 * chance:.2f}".rstrip("0").rstrip(".")
