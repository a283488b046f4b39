"""Par level and reorder point of one item in one room, from its real use.

Policy (R, s, S) of Silver, Pyke, Thomas, ch. 6.4 and 7: the shelf is counted every R
working days; if stock on hand and on order is below the reorder point s, it is filled
up to par S. s is what is enough, with the chance of the service level, until the
filling after the next one has arrived (R + L days). The host orders strictly below its
minimum and rounds up to packs; s and S are meant for exactly that.
"""

import math
from dataclasses import dataclass, field
from decimal import Decimal

from ...money import to_cents
from ..notes import Note, note
from ..quantity import ZERO, down_to, exact, steps_up, up_to
from .demand import CompoundDemand, Demand, LeadTime
from .method import SEASONAL, Fit, fit, fit_early
from .policy import Item, Policy, Proposal
from .usage import Usage

MIN_HISTORY_DAYS = 20
FIRST_DAYS, FIRST_USES = 5, 3
LONGEST_ORDER = 0.25  # of a year's use
REFERENCE_EVIDENCE = 4.0  # another room's use counts like four days of one's own


@dataclass(slots=True)
class _Draft:
    """A proposal in the making; each step below sets what it is named after."""

    usage: Usage
    lead: LeadTime
    policy: Policy
    item: Item
    notes: list[Note] = field(default_factory=list)
    method: str = ""
    par: Decimal = ZERO
    reorder: Decimal = ZERO
    rate: float = 0.0
    service: float | None = None

    def say(self, code: str, **values: object) -> None:
        self.notes.append(note(code, None, **values))


def propose(usage: Usage, lead: LeadTime, policy: Policy, item: Item) -> Proposal:
    """Par and reorder point for one room and item.

    :param usage: consumption by working day (see ``usage.Window``)
    :param lead: working days from the count until the shelf is filled
    :return: levels in whole units with par >= reorder >= 0; neither falls when service
        level or lead time rise; par never exceeds what is used within the shelf life,
        unless the item's minimum demands it. ``notes`` tell the reasons in order.
    """
    draft = _Draft(usage, lead, policy, item)
    if usage.days < MIN_HISTORY_DAYS:
        model = _early(draft)
    elif usage.events and _silent_days(usage) < usage.year:
        model = fit(usage, float(item.unit))
    else:
        model = None
        draft.say("no_use", days=_silent_days(usage))
        _set_levels(draft, "no_use", ZERO, ZERO)
    if model is not None:
        _set_reorder(draft, model)
        _set_par(draft)
        _keep_within_limits(draft, model.demand)
    return _finished(draft)


def _set_reorder(draft: _Draft, model: Fit) -> None:
    """The level that is enough for one protection interval."""
    policy, lead, unit = draft.policy, draft.lead, draft.item.unit
    draft.notes.extend(model.notes)
    draft.method, draft.rate, draft.service = (
        model.kind,
        model.demand.rate,
        policy.service,
    )
    span = policy.review + lead.mean
    draft.say(
        "span", review=policy.review, lead=lead.mean, spread=lead.spread, span=span
    )
    level = max(model.demand.level(policy.service, policy.review, lead), 0.0)
    busy = model.busy_level(policy.service, span)
    draft.reorder = steps_up(max(level, busy), unit)
    expected = draft.rate * span
    draft.say(
        "reorder",
        percent=_percent(policy.service),
        reorder=draft.reorder,
        expected=expected,
        safety=max(float(draft.reorder) - expected, 0.0),
    )
    if busy > level:
        draft.say("busy_days", level=busy)
    one_use = steps_up(model.usual, unit)
    if draft.reorder < one_use and model.kind != SEASONAL:
        draft.reorder = one_use
        draft.say("one_use", usual=one_use)


def _set_par(draft: _Draft) -> None:
    """Reorder point plus an order worth its work, in whole packs."""
    item, policy = draft.item, draft.policy
    draft.par = draft.reorder
    if draft.reorder and policy.order_cost and item.cost:
        yearly = draft.rate * draft.usage.year
        holding = float(item.cost * policy.holding)
        best = math.sqrt(2 * float(policy.order_cost) * yearly / holding)
        order = steps_up(min(best, LONGEST_ORDER * yearly), item.unit)
        if order > item.unit:
            draft.par += order - item.unit
            draft.say("economic_order", order=order, cost=policy.order_cost)
    in_packs = up_to(draft.par, item.pack)
    if in_packs != draft.par:
        draft.par = in_packs
        draft.say("packs", pack=item.pack, par=in_packs)


def _keep_within_limits(draft: _Draft, demand: Demand) -> None:
    """Shelf life and room on the shelf; a delivery may overshoot by part of a pack."""
    item, wanted = draft.item, draft.reorder
    overshoot = item.pack - item.unit
    if item.shelf_days is not None:
        used = down_to(exact(draft.rate * item.shelf_days), item.unit)
        limit = max(down_to(used - overshoot, item.pack), ZERO)
        if limit < draft.par:
            draft.par = limit
            code = "shelf_life" if limit else "pack_outlives"
            draft.say(code, days=item.shelf_days, used=used, pack=item.pack)
    if item.capacity is not None:
        limit = max(down_to(item.capacity - overshoot, item.unit), ZERO)
        if limit < draft.par:
            draft.par = limit
            draft.say("capacity", capacity=item.capacity)
    draft.reorder = min(draft.reorder, draft.par)
    if max(draft.reorder, item.minimum) < wanted:
        level = float(max(draft.reorder, item.minimum))
        draft.service = demand.chance(level, draft.policy.review, draft.lead)
        draft.say("service_lowered", percent=_percent(draft.service))


def _early(draft: _Draft) -> Fit | None:
    """The named fallbacks of an item with little history: a like item or room, else the
    first days (as demand models), else the levels in force, else the smallest stock."""
    item, usage = draft.item, draft.usage
    draft.say("too_new", days=usage.days, needed=MIN_HISTORY_DAYS)
    if item.reference:
        week = item.reference * usage.week
        draft.say("fallback_reference", name=item.reference_name, week=week)
        unit = float(item.unit)
        frequency = item.reference / unit
        one = ((1, 1.0),)
        demand = CompoundDemand(
            item.reference, frequency, one, unit, REFERENCE_EVIDENCE
        )
        return Fit(demand, "fallback_reference", unit, (), usage)
    if usage.days >= FIRST_DAYS and len(usage.events) >= FIRST_USES:
        return fit_early(usage, float(item.unit))
    if item.par is not None:
        reorder = min(item.reorder or ZERO, item.par)
        draft.say("fallback_current", par=item.par, reorder=reorder)
        _set_levels(draft, "fallback_current", item.par, reorder)
    else:
        par = up_to(item.unit, item.pack)
        draft.say("fallback_pack", par=par, reorder=item.unit)
        _set_levels(draft, "fallback_pack", par, item.unit)
    return None


def _set_levels(draft: _Draft, method: str, par: Decimal, reorder: Decimal) -> None:
    draft.method, draft.par, draft.reorder = method, par, reorder


def _finished(draft: _Draft) -> Proposal:
    """Apply the minimum, count the money, compare with the levels in force."""
    item = draft.item
    if draft.reorder < item.minimum:
        draft.say("minimum", minimum=item.minimum)
        draft.reorder, draft.par = item.minimum, max(draft.par, item.minimum)
    par_value = to_cents(draft.par * item.cost)
    average_value = to_cents(_average_stock(draft) * item.cost)
    draft.say("money", par_value=par_value, average_value=average_value)
    if item.par is not None and (draft.par, draft.reorder) != (item.par, item.reorder):
        difference = par_value - to_cents(item.par * item.cost)
        draft.say(
            "raises" if difference > 0 else "frees" if difference else "moves",
            old_par=item.par,
            old_reorder=item.reorder or ZERO,
            par=draft.par,
            reorder=draft.reorder,
            money=abs(difference),
        )
    return Proposal(
        draft.par,
        draft.reorder,
        draft.method,
        draft.rate,
        draft.service,
        average_value,
        par_value,
        tuple(draft.notes),
    )


def _average_stock(draft: _Draft) -> Decimal:
    """Units usually on the shelf.

    Right after a count, stock on hand and on order lies between reorder point and par,
    plus half of what rounding up to a pack brings; on hand is less what is used until
    the delivery and half of what is used until the next one.
    """
    position = (draft.reorder + draft.par + draft.item.pack - draft.item.unit) / 2
    used = draft.rate * (draft.lead.mean + draft.policy.review / 2)
    return min(max(position - exact(round(used, 6)), ZERO), draft.par)


def _silent_days(usage: Usage) -> int:
    return usage.days - 1 - usage.events[-1][0] if usage.events else usage.days


def _percent(chance: float) -> str:
    return f"{100 * chance:.2f}".rstrip("0").rstrip(".")
