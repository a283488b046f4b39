"""How much of a person's disposable earnings the law lets a garnishment take."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ...money import ZERO, down_to_cents
from ..law.lawtable import rows, rows_on
from ..law.limits import settled
from ..law.period import PayPeriod
from ..law.working import Step, Worked

HUNDRED = Decimal(100)
STATES = "garnishment_states"
SUPPORT_STATES = "support_states"


@dataclass(frozen=True, slots=True)
class StateRule:
    """A work state's own, more protective rule for ordinary garnishments.

    The cap is the smaller of ``percent`` of disposable earnings and ``excess_percent``
    of what exceeds ``multiple`` weekly hours at ``minimum_wage`` dollars, and no more
    than ``gross_percent`` of gross pay. A state that forbids them altogether has
    ``percent`` zero. ``support_percent`` lowers the limit for support. What is shipped is
    in ``tables/garnishment_states.csv`` (see :func:`state_rule`).
    """

    percent: Decimal = HUNDRED
    multiple: Decimal = ZERO
    minimum_wage: Decimal = ZERO
    excess_percent: Decimal = HUNDRED
    support_percent: Decimal = HUNDRED
    source: str = ""
    gross_percent: Decimal = HUNDRED

    @property
    def bars(self) -> bool:
        """Whether ordinary garnishments are forbidden altogether."""
        return not self.percent


@dataclass(frozen=True, slots=True)
class SupportCap:
    """What a work state lets support take of disposable earnings, percent.

    ``percent`` with one order; with several, by whether the person supports a family
    beside (most states make no difference).
    """

    percent: Decimal
    several_family: Decimal
    several_alone: Decimal
    source: str

    def of(self, orders: int, *, has_family: bool) -> Decimal:
        """The percent that counts for so many orders."""
        if orders < 2:
            return self.percent
        return self.several_family if has_family else self.several_alone


@dataclass(frozen=True, slots=True)
class Earnings:
    """Disposable earnings of one pay period, in dollars.

    ``disposable`` is what is left after the deductions required by law (15 USC
    1672(b)): :func:`disposable`. ``take_home`` is what a federal tax levy starts from:
    pay less taxes and the deductions that were in force when the levy came; without it
    the disposable earnings serve. ``gross``: pay before all deductions, for states that
    limit by it. ``support``: the work state's limit for support, where it has one.
    """

    disposable: Decimal
    period: PayPeriod
    payday: date
    take_home: Decimal | None = None
    state: StateRule = StateRule()
    gross: Decimal | None = None
    support: SupportCap | None = None


def disposable(pay: Decimal, required: Iterable[Decimal]) -> Decimal:
    """Pay less the deductions required by law: taxes, FICA, state insurance (dollars).

    Health insurance, retirement, loans and other voluntary deductions do not count.
    """
    return max(ZERO, pay - sum(required, ZERO))


def figure(key: str, day: date) -> tuple[Decimal, str]:
    """Return a figure of the table of limits on ``day``, with its citation.

    :raises LookupError: the table has no such figure for that day
    """
    for row in rows_on("garnishment_limits", day):
        if row["key"] == key:
            return Decimal(row["value"]), row["source"]
    raise LookupError(f"garnishment_limits.csv has no {key!r} in force on {day}.")


def state_rule(state: str, day: date) -> StateRule | None:
    """The shipped rule of a work state for ordinary garnishments, None if there is none.

    Its hours count at the greater of the federal and the state's minimum wage of ``day``;
    where a city or county asks for more, the practice enters its own rule.

    :raises LimitMissing: the federal minimum wage of that year is not shipped
    """
    for row in rows_on(STATES, day):
        if row["state"] == state:
            return StateRule(
                Decimal(row["percent"]),
                Decimal(row["multiple"]),
                _minimum_wage(state, day),
                Decimal(row["excess_percent"]),
                Decimal(row["support_percent"]),
                row["source"],
                Decimal(row["gross_percent"]),
            )
    return None


def support_cap(state: str, day: date) -> SupportCap | None:
    """The limit for support of a work state, None where none is shipped.

    The law of the state where the person works counts, not that of the order (Uniform
    Interstate Family Support Act, section 502(d)).
    """
    for row in rows_on(SUPPORT_STATES, day):
        if row["state"] == state:
            return SupportCap(
                Decimal(row["percent"]),
                Decimal(row["several_family_percent"]),
                Decimal(row["several_alone_percent"]),
                row["source"],
            )
    return None


def _minimum_wage(state: str, day: date) -> Decimal:
    own = [
        Decimal(row["amount"])
        for row in rows_on("state_minimum_wages", day)
        if row["state"] == state
    ]
    return max([settled("federal_minimum_wage", day.year).value, *own])


def weeks(period: PayPeriod) -> Fraction:
    """Workweeks in a pay period as 29 CFR 870.10 counts them (a month is 4 1/3)."""
    for row in rows("garnishment_weeks"):
        if row["period"] == period.name.lower():
            return Fraction(int(row["weeks_numerator"]), int(row["weeks_denominator"]))
    raise LookupError(f"garnishment_weeks.csv has no {period.name.lower()} period.")


def protected(earnings: Earnings) -> Worked:
    """Disposable earnings that no ordinary garnishment may touch, in dollars.

    Thirty times the federal minimum wage for each workweek of the period.
    """
    multiple, source = figure("ordinary_multiple", earnings.payday)
    wage = settled("federal_minimum_wage", earnings.payday.year)
    count = weeks(earnings.period)
    floor = wage.value * multiple * count.numerator / count.denominator
    label = f"Protected: {multiple} x {wage.value} x {count} workweeks"
    return Worked(floor, (Step(label, floor, source),))


def ordinary(earnings: Earnings) -> Worked:
    """Most that all ordinary garnishments together may take (15 USC 1673(a)).

    The smaller of 25 percent and what exceeds the protected amount; a state rule can
    only lower it. Dollars, rounded down to the cent.
    """
    percent, source = figure("ordinary_percent", earnings.payday)
    floor = protected(earnings)
    share = earnings.disposable * percent / HUNDRED
    excess = max(ZERO, earnings.disposable - floor.amount)
    cap = min(share, excess)
    steps = [
        Step("Disposable earnings", earnings.disposable, "15 USC 1672(b)"),
        Step(f"{percent} % of them", down_to_cents(share), source),
        *floor.steps,
        Step("Disposable earnings above that", down_to_cents(excess), source),
    ]
    state = earnings.state
    if state.gross_percent < HUNDRED and earnings.gross is not None:
        local = earnings.gross * state.gross_percent / HUNDRED
        cap = min(cap, local)
        label = f"{state.gross_percent} % of gross pay"
        steps.append(Step(label, down_to_cents(local), state.source))
    if state.percent < HUNDRED or state.multiple:
        count = weeks(earnings.period)
        base = state.minimum_wage * state.multiple * count.numerator / count.denominator
        over = max(ZERO, earnings.disposable - base) * state.excess_percent / HUNDRED
        local = min(earnings.disposable * state.percent / HUNDRED, over)
        cap = min(cap, local)
        steps.append(
            Step("Limit of the work state", down_to_cents(local), state.source)
        )
    return Worked(
        down_to_cents(cap), (*steps, Step("Most that may be taken", down_to_cents(cap)))
    )


def support(
    earnings: Earnings,
    *,
    has_family: bool,
    arrears_over_12_weeks: bool,
    orders: int = 1,
) -> Worked:
    """Most that support orders together may take (15 USC 1673(b)), rounded down.

    :param has_family: the person supports a spouse or child not named in the orders
    :param arrears_over_12_weeks: an order enforces support more than 12 weeks overdue
    :param orders: how many orders for support there are
    """
    key = "support_with_family" if has_family else "support_alone"
    percent, source = figure(key, earnings.payday)
    if arrears_over_12_weeks:
        percent += figure("support_arrears_extra", earnings.payday)[0]
    state, own = earnings.support, earnings.state.support_percent
    if own < HUNDRED:  # the practice's own figure goes before the shipped one
        if own < percent:
            percent, source = own, earnings.state.source
    elif state and state.of(orders, has_family=has_family) < percent:
        percent, source = state.of(orders, has_family=has_family), state.source
    amount = down_to_cents(earnings.disposable * percent / HUNDRED)
    label = f"Limit for support: {percent} % of {earnings.disposable}"
    return Worked(amount, (Step(label, amount, source),))
