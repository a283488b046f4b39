"""From gross to net: one payslip, worked out by the tools in the order of the law."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ..money import ZERO
from . import (
    federal,
    fica,
    garnishment,
    local,
    state_other,
    states,
    supplemental,
    sutawages,
)
from . import unemployment as jobless
from .deductionkinds import Base, Phase
from .deductions import Election, Taken, fit_net, take, wages
from .garnishlimits import Earnings, disposable
from .imputed import group_term_life
from .retirement import match
from .slipfacts import (
    NOTHING,
    REIMBURSED,
    SUPPLEMENTAL,
    Chosen,
    Facts,
    Item,
    Slip,
    StateForm,
    Totals,
)
from .states.law import WageBase
from .working import Worked
from .workstates import WorkState, part_of, percents, share_step

RETIREMENT = "402g"  # the family of limits of elective deferrals
TAXES = ("FIT", "SS", "MED", "ADDMED", "SIT", "SOTH", "LIT")
DEFERRALS = ("401k", "403b", "roth_401k", "roth_403b")


@dataclass
class _Pay:
    """A payslip in the making: the items so far and the figures between the steps."""

    facts: Facts
    items: list[Item] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    gross: Decimal = ZERO
    bonus: Decimal = ZERO
    elections: tuple[Election, ...] = ()
    taken: tuple[Taken, ...] = ()
    bases: Mapping[Base, Decimal] = field(default_factory=dict)

    def total(self, *codes: str) -> Decimal:
        """The items of some codes, added up."""
        return sum((i.amount for i in self.items if i.code in codes), ZERO)

    def before(self, code: str, key: str = "") -> Totals:
        """The year to date of one code and key."""
        return self.facts.year.get((code, key), NOTHING)

    def of_year(self, code: str) -> Decimal:
        """The year to date of one code, whatever its keys."""
        return sum(
            (
                sums.amount
                for (own, _key), sums in self.facts.year.items()
                if own == code
            ),
            ZERO,
        )

    def parts(self) -> Iterator[tuple[Chosen, Taken]]:
        """Each decided election with the choice that it came from."""
        chosen = {
            id(election): one
            for election, one in zip(self.elections, self.facts.chosen, strict=True)
        }
        for item in self.taken:
            yield chosen[id(item.election)], item

    def tax(
        self,
        code: str,
        name: str,
        worked: Worked,
        base: Decimal,
        *,
        key: str = "",
        sign: int = -1,
        taxed: Decimal | None = None,
    ) -> None:
        """Add a tax, unless there is neither a tax nor a wage to report."""
        if not worked.amount and not base:
            return
        if taxed is None:
            taxed = _taxed(worked, base)
        amount = sign * worked.amount
        self.items.append(
            Item(code, name, amount, key, base, taxed, steps=worked.steps)
        )


def _taxed(worked: Worked, base: Decimal) -> Decimal:
    """The part of the wages within the wage base, as the worksheet has it."""
    for step in worked.steps:
        if step.label == "Taxed of this payment":
            return step.amount
    return base


def _split(pay: _Pay, amount: Decimal, state: str) -> Decimal:
    """The part of ``amount`` for a state: of a home state, or the only one, all."""
    places = pay.facts.work_states
    if not any(place.state == state for place in places):
        return amount
    return part_of(amount, places, state)


def _shown(pay: _Pay, worked: Worked, base: Decimal, state: str) -> Worked:
    """The working, with how the state's wages came about where pay is split."""
    places = pay.facts.work_states
    if not any(place.state == state for place in places):
        return worked
    return Worked(worked.amount, (share_step(base, places, state), *worked.steps))


def work_out(facts: Facts) -> Slip:
    """Work out a payslip.

    :return: its items, signed as on the slip, and remarks for the preparer
    :raises ValueError, LookupError: something is missing or cannot be right; the
        message says what to do
    """
    pay = _Pay(facts, notes=list(facts.remarks))
    _earnings(pay)
    _before_tax(pay)
    _federal(pay)
    _fica(pay)
    _say_states(pay)
    _states(pay)
    _other_state_taxes(pay)
    _locals(pay)
    _garnishments(pay)
    _after_tax(pay)
    _employer(pay)
    return Slip(tuple(pay.items), tuple(dict.fromkeys(pay.notes)))


def _earnings(pay: _Pay) -> None:
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


def _before_tax(pay: _Pay) -> None:
    facts = pay.facts
    pay.elections = tuple(_priced(one, facts) for one in facts.chosen)
    pay.taken = take(pay.gross, pay.elections, facts.person, facts.pay_date)
    pay.bases = wages(pay.gross, pay.taken, facts.pay_date)
    for chosen, item in pay.parts():
        if item.reason:
            pay.notes.append(f"{item.name}: {item.amount} taken, {item.reason}.")
        if not item.amount:
            continue
        if item.kind.phase is Phase.PRETAX:
            code = "RET" if item.kind.limit == RETIREMENT else "S125"
            pay.items.append(_part(code, chosen, item, -item.amount))
        elif item.kind.phase is Phase.IMPUTED:
            pay.items.append(_part("IMP", chosen, item, item.amount))


def _priced(chosen: Chosen, facts: Facts) -> Election:
    if not chosen.coverage:
        return replace(chosen.election)  # its own object, however often it is shared
    months = Decimal(12) / facts.period.per_year
    age, day = facts.person.age, facts.pay_date
    cost = group_term_life(chosen.coverage, age, day, months=months)
    return replace(chosen.election, amount=cost.amount)


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


def _federal(pay: _Pay) -> None:
    facts = pay.facts
    base = pay.bases[Base.FIT]
    bonus = min(base, max(ZERO, pay.bonus))
    regular = base - bonus
    own = federal.withhold(
        facts.certificate, regular, facts.period, facts.pay_date, lock_in=facts.lock_in
    )
    box1 = pay.bases[Base.BOX1]
    if regular or not bonus:
        pay.tax("FIT", "Federal income tax", own, regular, taxed=box1 - bonus)
    if not bonus:
        return
    earlier = pay.of_year(SUPPLEMENTAL)
    withheld = bool(own.amount) or bool(pay.before("FIT").amount)
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


def _fica(pay: _Pay) -> None:
    base = pay.bases[Base.FICA]
    year = pay.facts.pay_date.year
    taxes = fica.fica(year, base, pay.before("SS").wages, base, pay.before("MED").wages)
    pay.tax("SS", "Social Security", taxes.social_security, base)
    pay.tax("MED", "Medicare", taxes.medicare, base)
    if taxes.additional_medicare.amount:
        pay.tax("ADDMED", "Additional Medicare", taxes.additional_medicare, base)


def _wages(pay: _Pay, state: str, which: WageBase) -> Decimal:
    """Wages a state or local tax is figured on, before its own caps."""
    if which is WageBase.NONE:
        return ZERO
    if which is WageBase.FEDERAL:
        bases = wages(pay.gross, pay.taken, pay.facts.pay_date, state)
        return bases[Base.STATE]
    total = pay.gross
    for item in pay.taken:
        if item.kind.phase is Phase.IMPUTED:
            total += item.kind.sign(Base.STATE) * item.amount
        elif item.kind.phase is Phase.PRETAX and which is not WageBase.GROSS:
            deferral = item.kind.limit == RETIREMENT
            if deferral is (which is WageBase.LESS_RETIREMENT):
                total -= item.amount
    return max(ZERO, total)


def _say_states(pay: _Pay) -> None:
    places = pay.facts.work_states
    if not places:
        return
    parts = ", ".join(
        f"{states.NAMES[place.state]} {share.normalize():f}%"
        for place, share in zip(places, percents(places), strict=True)
    )
    pay.notes.append(
        f"Worked in several states: wages and state taxes are split by the pay of the "
        f"days there ({parts}). Each state's tax is worked out on its own part."
    )


def _states(pay: _Pay) -> None:
    taken = ZERO
    for form in pay.facts.states:
        name = states.NAMES[form.state]
        base = _state_wages(pay, form)
        given = _state_input(pay, form, base)
        withheld = states.withhold(
            form.state, pay.facts.pay_date, given, pay.facts.employer.tables
        )
        pay.notes += [note.text for note in withheld.notes]
        result: Worked = withheld
        if form.credit and taken:
            left = max(ZERO, result.amount - taken)
            pay.notes.append(
                f"{name}: {taken} withheld for the work state is credited; check that "
                "the home state allows it."
            )
            result = replace(result, amount=left)
        if result.amount or _has_tax(pay, form):
            if not form.whole:
                result = _shown(pay, result, base, form.state)
            key = f"state:{form.state}"
            pay.tax("SIT", f"{name} income tax", result, base, key=key)
        taken += result.amount
        if form.state == "IN" and given.county:
            own = replace(given, extra=ZERO, reduced=ZERO)
            county = states.withhold_county("IN", pay.facts.pay_date, own)
            label = f"Indiana county tax ({given.county})"
            pay.tax("LIT", label, county, base, key=f"county:IN:{given.county}")


def _state_wages(pay: _Pay, form: StateForm) -> Decimal:
    # the table of kinds already knows which deductions a state does not follow
    bases = wages(pay.gross, pay.taken, pay.facts.pay_date, form.state)
    whole = bases[Base.STATE]
    return whole if form.whole else _split(pay, whole, form.state)


def _has_tax(pay: _Pay, form: StateForm) -> bool:
    law = states.law_on(form.state, pay.facts.pay_date, None, pay.facts.employer.tables)
    return law.method is not states.Method.NONE


def _state_input(pay: _Pay, form: StateForm, base: Decimal) -> states.StateInput:
    facts, tax = pay.facts, -pay.total("FIT")
    return states.StateInput(
        wages=base,
        period=facts.period,
        federal_tax=tax if form.whole else _split(pay, tax, form.state),
        period_start=facts.start,
        period_end=facts.end,
        **form.fields,
    )


def _other_state_taxes(pay: _Pay) -> None:
    for place in pay.facts.places:
        _other_taxes_of(pay, place)


def _other_taxes_of(pay: _Pay, place: WorkState) -> None:
    facts = pay.facts
    for tax in state_other.taxes(place.state, facts.pay_date, place.employer.headcount):
        key = f"other:{tax.code}"
        before = pay.before("SOTH", key)
        base = _split(pay, _wages(pay, place.state, tax.wage_base), place.state)
        result = state_other.withhold(
            tax,
            state_other.OtherInput(
                base,
                facts.period,
                before.wages,
                -before.amount,
                place.employer.shares.get(tax.code),
                facts.quarter_end and place.state == facts.work_state,
            ),
        )
        pay.notes += [note.text for note in result.notes]
        shown = _shown(pay, result, base, place.state)
        pay.tax("SOTH", tax.name, shown, base, key=key)


def _locals(pay: _Pay) -> None:
    facts = pay.facts
    state_tax = -pay.total("SIT")
    for one in facts.locals:
        key = f"local:{one.tax.code}"
        before = pay.before("LIT", key)
        base = _wages(pay, facts.work_state, one.tax.wage_base)
        month = facts.month.get(("LIT", key), NOTHING)
        result = local.withhold(
            one.tax,
            local.LocalInput(
                base,
                facts.period,
                one.resident,
                one.allowances,
                state_tax,
                before.wages,
                -before.amount,
                -month.amount,
            ),
        )
        pay.tax("LIT", one.tax.name, result, base, key=key)


def _garnishments(pay: _Pay) -> None:
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
        state=facts.employer.garnishment,
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


def _after_tax(pay: _Pay) -> None:
    money = pay.gross + pay.total("S125", "RET", "GARN", *TAXES)
    for chosen, item in _fitted(pay, money):
        if item.reason and item.amount < item.wanted:
            pay.notes.append(f"{item.name}: {item.amount} taken, {item.reason}.")
        if item.amount:
            code = "ROTH" if item.kind.limit == RETIREMENT else "POST"
            pay.items.append(_part(code, chosen, item, -item.amount))


def _fitted(pay: _Pay, money: Decimal) -> Iterator[tuple[Chosen, Taken]]:
    pay.taken = fit_net(money, pay.taken)
    for chosen, item in pay.parts():
        if item.kind.phase is Phase.POSTTAX:
            yield chosen, item


def _employer(pay: _Pay) -> None:
    facts = pay.facts
    year = facts.pay_date.year
    base = pay.bases[Base.FICA]
    taxes = fica.fica(
        year, base, pay.before("ER_SS").wages, base, pay.before("ER_MED").wages
    )
    name = "Social Security, employer"
    pay.tax("ER_SS", name, taxes.employer_social_security, base, sign=1)
    pay.tax("ER_MED", "Medicare, employer", taxes.employer_medicare, base, sign=1)
    base = pay.bases[Base.FUTA]
    tax = jobless.futa(year, base, pay.before("FUTA").wages)
    pay.tax("FUTA", "Federal unemployment", tax, base, sign=1)
    for place in facts.places:
        _state_unemployment(pay, place)
    _benefits(pay)


def _state_unemployment(pay: _Pay, place: WorkState) -> None:
    facts = pay.facts
    state, rate = place.state, place.employer.suta_rate
    if rate is None:
        raise ValueError(
            f"The unemployment rate of {states.NAMES[state]} for "
            f"{facts.pay_date.year} is missing: enter it from the state's rate notice "
            "under Payroll, State Accounts."
        )
    key = f"state:{state}"
    own = place.employer.suta_taxed
    whole = sutawages.wages(pay.gross, pay.taken, state, facts.pay_date, own)
    base = _split(pay, whole, state)
    tax = jobless.suta(
        state,
        facts.pay_date.year,
        base,
        pay.before("SUTA", key).wages,
        rate,
        place.employer.suta_base,
    )
    name = f"{states.NAMES[state]} unemployment"
    shown = _shown(pay, tax, base, state)
    pay.tax("SUTA", name, shown, base, key=key, sign=1)


def _benefits(pay: _Pay) -> None:
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


_PLAN_CODES = ("RET", "ROTH")
