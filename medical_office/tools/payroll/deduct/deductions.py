"""Deductions of one payslip: what may be taken, and the wages that stay taxable."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from ...money import ZERO, to_cents
from ..law.deductionkinds import (
    Base,
    Follows,
    Kind,
    Phase,
    kind,
    state_effect,
    state_rule,
)
from ..law.working import Step
from .deductionlimits import Person, ceiling, room


@dataclass(frozen=True, slots=True)
class Election:
    """What a person or plan asks for on this payslip.

    ``kind`` is a key of the table of kinds. Give dollars or a percentage of gross pay.
    ``taken`` is the money of this election so far in the span of its limit (calendar
    year; plan year for a health FSA; month for commuting), ``above`` the part of it that
    a state taxed, being above a limit of the state's own. A goal caps the whole
    election, e.g. a loan's balance (``taken`` counts towards it). ``owed`` is what the
    pay did not cover before: it is taken with the next pay ("next"), or at most as much
    again each time ("same"), as ``catch_up`` says.
    """

    kind: str
    amount: Decimal = ZERO
    percent: Decimal = ZERO
    taken: Decimal = ZERO
    goal: Decimal | None = None
    name: str = ""
    owed: Decimal = ZERO
    catch_up: str = ""
    above: Decimal = ZERO

    def asked(self, gross: Decimal) -> Decimal:
        """Dollars asked for, with what is made up for of earlier pay."""
        own = self.wanted(gross)
        if self.catch_up == "next":
            return own + self.owed
        return own + min(own, self.owed) if self.catch_up == "same" else own

    def wanted(self, gross: Decimal) -> Decimal:
        """Dollars asked for, to the cent, before any limit."""
        return to_cents(self.amount + gross * self.percent / 100)


@dataclass(frozen=True, slots=True)
class Taken:
    """One election with the money taken for it, in dollars, and why it is less."""

    election: Election
    kind: Kind
    wanted: Decimal
    amount: Decimal
    reason: str = ""
    steps: tuple[Step, ...] = ()

    @property
    def name(self) -> str:
        """Its own name, or that of its kind."""
        return self.election.name or self.kind.label


@dataclass
class _Ledger:
    """Money already counted against each limit, by family: [before tax, Roth]."""

    used: dict[str, list[Decimal]] = field(default_factory=dict)

    def of(self, limit: str) -> list[Decimal]:
        return self.used.setdefault(limit, [ZERO, ZERO])

    def count(self, this: Kind, amount: Decimal) -> None:
        if this.limit:
            self.of(this.limit)[this.phase is Phase.POSTTAX] += amount


def take(
    gross: Decimal, elections: Sequence[Election], person: Person, day: date
) -> tuple[Taken, ...]:
    """Decide each election under the year's limits and within the pay.

    In the order given, those before tax first. Give every election that counted this
    year, with an amount of zero if it has ended: limits are shared. The employer's own
    contributions come first under a shared limit (health savings account); above it they
    would be wages (26 USC 106(d)(1)) and stop. When a limit stops an election, ``reason``
    says so. Deductions after tax still have to fit the net: see :func:`fit_net`.

    :param gross: cash pay of the period in dollars (imputed income is not in it)
    :param day: pay date: it decides year and law
    :raises ValueError: unknown kind
    :raises LimitMissing: the year's figures are not shipped
    """
    ledger = _Ledger()
    known = [(election, kind(election.kind, day)) for election in elections]
    for election, this in known:
        ledger.count(this, election.taken)
    rank = {Phase.EMPLOYER: 0, Phase.IMPUTED: 0, Phase.PRETAX: 1, Phase.POSTTAX: 2}
    done, left = [], gross
    for election, this in sorted(known, key=lambda pair: rank[pair[1].phase]):
        own = this.phase in (Phase.EMPLOYER, Phase.IMPUTED)
        if own and not this.limit:
            amount = election.wanted(gross)
            done.append(Taken(election, this, amount, amount))
            continue
        cash = election.wanted(gross) if own else left  # the employer's is no pay
        taken = _decide(election, this, (gross, cash), ledger, person, day.year)
        ledger.count(this, taken.amount)
        left -= ZERO if own else taken.amount
        done.append(taken)
    return tuple(done)


def _decide(
    election: Election,
    this: Kind,
    pay: tuple[Decimal, Decimal],
    ledger: _Ledger,
    person: Person,
    year: int,
) -> Taken:
    gross, left = pay
    wanted = amount = election.asked(gross)
    reason, steps = "", [Step("Asked for", wanted)]
    if election.goal is not None and election.goal - election.taken < amount:
        amount = max(ZERO, election.goal - election.taken)
        reason = f"the goal of {election.goal} is reached"
    limit = ceiling(this, person, year)
    if limit is not None:
        before, roth = ledger.of(this.limit)
        free = room(this, limit, before, roth)
        steps += limit.steps
        steps.append(Step("Counted against the limit so far", before + roth))
        steps.append(Step("Still free", free))
        if free < amount:
            amount = free
            reason = f"stopped at {limit.why}"
    if left < amount:
        amount, reason = max(ZERO, left), "the pay does not cover it"
    steps.append(Step("Taken", amount, this.source))
    return Taken(election, this, wanted, amount, reason, tuple(steps))


def fit_net(available: Decimal, taken: Sequence[Taken]) -> tuple[Taken, ...]:
    """Cut deductions after tax, the last ones first, to what is left of the pay.

    :param available: pay after taxes, deductions before tax and garnishments, dollars
    """
    done = []
    for item in taken:
        if item.kind.phase is Phase.POSTTAX:
            if available < item.amount:
                reason = "the pay left after taxes does not cover it"
                item = replace(item, amount=max(ZERO, available), reason=reason)
            available -= item.amount
        done.append(item)
    return tuple(done)


def wages(
    gross: Decimal,
    taken: Sequence[Taken],
    day: date,
    state: str = "",
    *,
    separate: bool = False,
) -> Mapping[Base, Decimal]:
    """Wages of the period that each tax is figured on, in dollars, before wage bases.

    :param gross: cash pay of the period that is wages (leave out expenses repaid)
    :param state: postal code of the state that taxes the pay, for its departures
    :param separate: the person is married and files separately
    """
    bases = {}
    for base in Base:
        total = gross
        if base is Base.STATE:
            total += sum(_state_effects(gross, taken, state, day, separate))
        else:
            total += sum((item.kind.sign(base) * item.amount for item in taken), ZERO)
        bases[base] = max(ZERO, total)
    return bases


def above_limit(
    gross: Decimal,
    taken: Sequence[Taken],
    day: date,
    state: str,
    *,
    separate: bool = False,
) -> list[Decimal]:
    """What ``state`` taxes of each item of ``taken``, it being above the state's limit.

    Negative where the item fills room that a payment taken back has left.
    """
    effects = _state_effects(gross, taken, state, day, separate)
    return [
        item.amount + effect if _is_limited(item, state, day) else ZERO
        for item, effect in zip(taken, effects, strict=True)
    ]


def _is_limited(item: Taken, state: str, day: date) -> bool:
    rule = state_rule(item.kind.key, state, day)
    return rule is not None and rule.follows is Follows.LIMITED


def _state_effects(
    gross: Decimal, taken: Sequence[Taken], state: str, day: date, separate: bool
) -> list[Decimal]:
    """What each item does to the wages of a state. A limit is one of the kind, whatever
    the number of its elections; what fills room below it does so with wages there are."""
    so_far: dict[str, tuple[Decimal, Decimal]] = {}
    for item in taken:
        before, above = so_far.get(item.kind.key, (ZERO, ZERO))
        own = item.election
        so_far[item.kind.key] = (before + own.taken, above + own.above)
    effects, left = [ZERO] * len(taken), gross
    places = range(len(taken))
    for index in sorted(places, key=lambda i: _is_limited(taken[i], state, day)):
        item = taken[index]
        before, above = so_far[item.kind.key]
        effect = state_effect(
            item.kind, state, day, item.amount, before, above, separate=separate
        )
        if _is_limited(item, state, day):
            effect = max(effect, -max(ZERO, left))
            so_far[item.kind.key] = (before + item.amount, above + item.amount + effect)
        effects[index] = effect
        left += effect
    return effects
