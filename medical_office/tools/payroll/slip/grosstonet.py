"""From gross to net: one payslip, worked out by the tools in the order of the law."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ...dates import us_day
from ...money import ZERO, to_cents
from ..deduct import garnishment
from ..deduct.deductions import Election, Taken, above_limit, fit_net, take, wages
from ..deduct.garnishlimits import (
    Earnings,
    StateRule,
    disposable,
    state_rule,
    support_cap,
)
from ..deduct.garnishment import Claim
from ..deduct.imputed import group_term_life
from ..deduct.retirement import match
from ..law.deductionkinds import RETIREMENT, Base, Phase
from ..law.working import Step, Worked
from ..tax import federal, fica, supplemental
from ..tax import unemployment as jobless
from .payslip import Pay, taxed_of
from .shortfall import Shortfall, borne_by_employer, settle_shortfall
from .slipfacts import REIMBURSED, SUPPLEMENTAL, Chosen, Facts, Item, Slip
from .statepay import (
    local_taxes,
    other_state_taxes,
    say_states,
    state_income_taxes,
    state_unemployment,
)

TAXES = ("FIT", "SS", "MED", "ADDMED", "SIT", "SOTH", "LIT")
DEFERRALS = ("401k", "403b", "roth_401k", "roth_403b")
_PLAN_CODES = ("RET", "ROTH")


def work_out(facts: Facts) -> Slip:
    """Work out a payslip; see :func:`_work_out`.

    Taxes that its pay does not cover are dealt with as ``facts.shortfall`` says.
    """
    if facts.shortfall == Shortfall.EMPLOYER.value:
        return borne_by_employer(facts, _work_out)
    return _work_out(facts)


def _work_out(facts: Facts) -> Slip:
    """Work out a payslip.

    :return: its items, signed as on the slip, and remarks for the preparer
    :raises ValueError, LookupError: something is missing or cannot be right; the
        message says what to do
    """
    pay = Pay(facts, notes=list(facts.remarks))
    _earnings(pay)
    _before_tax(pay)
    _federal(pay)
    _fica(pay)
    say_states(pay)
    state_income_taxes(pay)
    other_state_taxes(pay)
    local_taxes(pay)
    _settle(pay)
    _garnishments(pay)
    _after_tax(pay)
    settle_shortfall(pay)
    _employer(pay)
    return Slip(tuple(pay.items), tuple(dict.fromkeys(pay.notes)))


def _earnings(pay: Pay) -> None:
    for one in pay.facts.earnings:
        pay.items.append(
            Item(
                one.code,
                one.name or one.code,
                one.amount,
                key=one.key,
                hours=one.hours,
                rate=one.rate,
                steps=one.steps,
            )
        )
        if one.code != REIMBURSED:
            pay.gross += one.amount
        if one.code == SUPPLEMENTAL:
            pay.bonus += one.amount
    if pay.gross < ZERO:
        raise ValueError(
            f"Pay of {pay.gross} is below zero: correct the entries, or reverse the "
            "slip that paid too much."
        )


def _before_tax(pay: Pay) -> None:
    facts = pay.facts
    pay.elections = tuple(_priced(one, facts) for one in facts.chosen)
    pay.taken = take(pay.gross, pay.elections, facts.person, facts.pay_date)
    pay.bases = wages(pay.gross, pay.taken, facts.pay_date)
    above = _above_state_limits(pay)
    for (chosen, item), taxed in zip(pay.parts(), above, strict=True):
        if item.reason:
            pay.notes.append(f"{item.name}: {item.amount} taken, {item.reason}.")
        if not item.amount and not taxed:
            continue
        if item.kind.phase is Phase.PRETAX:
            code = "RET" if item.kind.limit == RETIREMENT else "S125"
            amount = -item.amount + ZERO  # no cents are not minus no cents
            part = _part(code, chosen, item, amount)
            pay.items.append(replace(part, taxed=taxed))
        elif item.kind.phase is Phase.IMPUTED:
            pay.items.append(_part("IMP", chosen, item, item.amount))


def _above_state_limits(pay: Pay) -> list[Decimal]:
    """What is taxed of each deduction by the first state that has a limit of its own."""
    facts = pay.facts
    separate = facts.person.married_separate
    for form in facts.states:
        found = above_limit(
            pay.gross, pay.taken, facts.pay_date, form.state, separate=separate
        )
        if any(found):
            return found
    return [ZERO] * len(pay.taken)


def _priced(chosen: Chosen, facts: Facts) -> Election:
    own = replace(chosen.election)  # its own object, however often it is shared
    if facts.extra_pay and chosen.skip_extra:
        own = replace(own, amount=ZERO)
    if not chosen.coverage:
        return own
    months = Decimal(12) / facts.period.per_year
    age, day = facts.person.age, facts.pay_date
    cost = group_term_life(chosen.coverage, age, day, months=months).amount
    if (
        facts.extra_pay
    ):  # a year has twelve months (26 CFR 1.79-3(d)), however it is paid
        year = group_term_life(chosen.coverage, age, day, months=Decimal(12)).amount
        cost = min(cost, max(ZERO, year - own.taken))
    return replace(own, amount=cost)


def _part(code: str, chosen: Chosen, item: Taken, amount: Decimal) -> Item:
    return Item(
        code,
        item.name,
        amount,
        chosen.key,
        w2=item.kind.w2,
        payee=chosen.payee,
        steps=item.steps,
    )


def _federal(pay: Pay) -> None:
    facts = pay.facts
    base = pay.bases[Base.FIT]
    bonus = min(base, max(ZERO, pay.bonus - _deferred_of_bonus(pay)))
    regular = base - bonus
    own = federal.withhold(
        facts.certificate, regular, facts.period, facts.pay_date, lock_in=facts.lock_in
    )
    box1 = pay.bases[Base.BOX1]
    if regular or not bonus:
        pay.tax("FIT", "Federal income tax", own, regular, taxed=box1 - bonus)
    else:  # income that needs no withholding is income of box 1 all the same
        none = Worked(ZERO)
        pay.tax("FIT", "Federal income tax", none, ZERO, taxed=box1 - bonus)
    if not bonus:
        return
    earlier = pay.of_year(SUPPLEMENTAL)
    withheld = bool(
        own.amount or pay.before("FIT").amount or facts.tax_withheld_last_year
    )
    flat = facts.employer.flat_supplemental and supplemental.flat_is_allowed(
        stated_apart=True, tax_withheld=withheld
    )
    if flat:
        name = "Federal income tax on bonus, flat rate"
        tax = supplemental.flat(facts.certificate, bonus, earlier, facts.pay_date)
    else:
        name = "Federal income tax on bonus, with the regular pay"
        tax = supplemental.aggregate(
            facts.certificate,
            bonus,
            earlier,
            regular or facts.latest_regular,
            facts.period,
            facts.pay_date,
            lock_in=facts.lock_in,
        )
    pay.tax("FIT", name, tax, bonus, key="supplemental")


def _deferred_of_bonus(pay: Pay) -> Decimal:
    """What deductions before tax take off the bonus: it is the wages that are left of
    it that are supplemental (26 CFR 31.3402(g)-1(a)(1)).

    A percentage is taken of the bonus as of all pay; dollars come off the regular pay.
    """
    found = ZERO
    if pay.bonus <= ZERO:
        return found
    for item in pay.taken:
        wanted = item.election.wanted(pay.gross)
        if not wanted or item.kind.sign(Base.FIT) >= 0:
            continue
        percent = to_cents(pay.gross * item.election.percent / 100)
        share = pay.bonus / pay.gross
        found += to_cents(item.amount * percent / wanted * share)
    return found


def _fica(pay: Pay) -> None:
    base = pay.bases[Base.FICA]
    year = pay.facts.pay_date.year
    additional = pay.so_far("ADDMED", wages_of="MED")
    taxes = fica.fica(year, base, pay.so_far("SS"), base, pay.so_far("MED"), additional)
    pay.tax("SS", "Social Security", taxes.social_security, base)
    pay.tax("MED", "Medicare", taxes.medicare, base)
    extra = taxes.additional_medicare
    if extra.amount or taxed_of(extra, ZERO):
        pay.tax("ADDMED", "Additional Medicare", taxes.additional_medicare, base)


def _settle(pay: Pay) -> None:
    """What provisional pay withheld too little or too much, before what depends on it."""
    days: dict[date, Decimal] = {}
    for one in pay.facts.settlements:
        if one.amount:
            name = f"{one.name}, settled for {us_day(one.day)}"
            steps = (
                Step(
                    f"Paid provisionally on {us_day(one.day)}: difference", one.amount
                ),
            )
            pay.items.append(Item(one.code, name, one.amount, one.key, steps=steps))
            days[one.day] = days.get(one.day, ZERO) + one.amount
    pay.notes += [
        f"Pay of {us_day(day)} was provisional: its taxes are settled here "
        f"(${amount:,.2f} of net pay)."
        for day, amount in days.items()
    ]


def _garnishments(pay: Pay) -> None:
    facts = pay.facts
    if not facts.orders:
        return
    required = [-pay.total(code) for code in TAXES]
    left = disposable(pay.gross, required)
    voluntary = -pay.total("S125", "RET")
    earnings = Earnings(
        left,
        facts.period,
        facts.pay_date,
        take_home=max(ZERO, left - voluntary),
        state=_garnishment_rule(pay),
        gross=pay.gross,
        support=support_cap(facts.work_state, facts.pay_date),
    )
    owed = {id(one.order): one for one in facts.orders}
    orders = [one.order for one in facts.orders]
    for part in garnishment.withhold(orders, earnings, facts.employer.allocation):
        one = owed[id(part.order)]
        if part.reason:
            pay.notes.append(
                f"Order {part.order.reference}: {part.amount} of {part.asked}, "
                f"{part.reason}."
            )
        if part.amount:
            name = f"Order {part.order.reference}"
            pay.items.append(
                Item(
                    "GARN",
                    name,
                    -part.amount,
                    one.key,
                    payee=one.payee,
                    steps=part.steps,
                )
            )


def _garnishment_rule(pay: Pay) -> StateRule:
    """The practice's own rule, the work state's, or none beside the federal one."""
    facts = pay.facts
    if facts.employer.garnishment is not None:
        return facts.employer.garnishment
    rule = state_rule(facts.work_state, facts.pay_date)
    if rule is None and any(o.order.claim is Claim.CREDITOR for o in facts.orders):
        pay.notes.append(
            f"The garnishment limit of {facts.work_state} is not shipped: the federal "
            "limit is applied; compare it with what the order says."
        )
    return rule or StateRule()


def _after_tax(pay: Pay) -> None:
    money = pay.gross + pay.total("S125", "RET", "GARN", *TAXES)
    for chosen, item in _fitted(pay, money):
        if item.reason and item.amount < item.wanted:
            pay.notes.append(f"{item.name}: {item.amount} taken, {item.reason}.")
        if item.amount:
            code = "ROTH" if item.kind.limit == RETIREMENT else "POST"
            pay.items.append(_part(code, chosen, item, -item.amount))


def _fitted(pay: Pay, money: Decimal) -> Iterator[tuple[Chosen, Taken]]:
    pay.taken = fit_net(money, pay.taken)
    for chosen, item in pay.parts():
        if item.kind.phase is Phase.POSTTAX:
            yield chosen, item


def _employer(pay: Pay) -> None:
    facts = pay.facts
    year = facts.pay_date.year
    base = pay.bases[Base.FICA]
    taxes = fica.fica(year, base, pay.so_far("ER_SS"), base, pay.so_far("ER_MED"))
    name = "Social Security, employer"
    pay.tax("ER_SS", name, taxes.employer_social_security, base, sign=1)
    pay.tax("ER_MED", "Medicare, employer", taxes.employer_medicare, base, sign=1)
    base = pay.bases[Base.FUTA]
    tax = jobless.futa(year, base, pay.so_far("FUTA"))
    pay.tax("FUTA", "Federal unemployment", tax, base, sign=1)
    for place in facts.places:
        state_unemployment(pay, place)
    _benefits(pay)


def _benefits(pay: Pay) -> None:
    """What the employer adds: contributions chosen as such, and the match."""
    facts = pay.facts
    for chosen, item in pay.parts():
        if item.kind.phase is Phase.EMPLOYER and item.amount:
            pay.items.append(_part("ER_BEN", chosen, item, item.amount))
    plans: dict[tuple[object, ...], list[tuple[Chosen, Taken]]] = {}
    for chosen, item in pay.parts():
        if chosen.tiers and item.kind.key in DEFERRALS:
            plans.setdefault((chosen.tiers, chosen.payee), []).append((chosen, item))
    for parts in plans.values():
        chosen = parts[0][0]
        deferred = sum((item.amount for _, item in parts), ZERO)
        key = f"match:{chosen.key}"
        earlier = -sum(
            (
                pay.before(code, one.key).amount
                for one, _ in parts
                for code in _PLAN_CODES
            ),
            ZERO,
        )
        matched = pay.before("ER_BEN", key).amount
        worked = match(
            chosen.tiers,
            pay.gross,
            deferred,
            facts.pay_date.year,
            pay_before=pay.before("ER_BEN", key).wages,
            additions_before=earlier + matched + deferred,
        )
        if worked.amount or deferred:
            pay.items.append(
                Item(
                    "ER_BEN",
                    "Employer match",
                    worked.amount,
                    key,
                    wages=pay.gross,
                    payee=chosen.payee,
                    steps=worked.steps,
                )
            )
