"""What states and places take: income tax, other taxes, unemployment, local taxes.

Pay of a period worked in several states is split between them before.
"""

from dataclasses import replace
from decimal import Decimal

from ...money import ZERO
from ..deduct.deductions import wages
from ..law.deductionkinds import RETIREMENT, Base, Phase
from ..law.working import Worked
from ..tax import local, state_other, states, sutawages
from ..tax import unemployment as jobless
from ..tax.states.law import WageBase
from .payslip import Pay
from .slipfacts import NOTHING, StateForm
from .workstates import WorkState, part_of, percents, share_step


def state_income_taxes(pay: Pay) -> None:
    """Income tax of each state whose form counts, on its part of the pay."""
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


def other_state_taxes(pay: Pay) -> None:
    """Disability insurance, paid leave and the like, of each state of work."""
    for place in pay.facts.places:
        _other_taxes_of(pay, place)


def local_taxes(pay: Pay) -> None:
    """Local flat taxes by their records."""
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
                ytd_taxed=before.taxed,
            ),
        )
        pay.tax("LIT", one.tax.name, result, base, key=key)


def state_unemployment(pay: Pay, place: WorkState) -> None:
    """The employer's unemployment tax of one state of work.

    :raises ValueError: the employer's rate is not entered
    """
    facts = pay.facts
    state, rate = place.state, place.employer.suta_rate
    if rate is None:
        raise ValueError(
            f"The unemployment rate of {states.NAMES[state]} for "
            f"{facts.pay_date.year} is missing: enter it from the state's rate notice "
            "under Pay, Setup, State Accounts."
        )
    key = f"state:{state}"
    own = place.employer.suta_taxed
    whole = sutawages.wages(pay.gross, pay.taken, state, facts.pay_date, own)
    base = _split(pay, whole, state)
    tax = jobless.suta(
        state,
        facts.pay_date.year,
        base,
        pay.so_far("SUTA", key),
        rate,
        place.employer.suta_base,
    )
    name = f"{states.NAMES[state]} unemployment"
    shown = _shown(pay, tax, base, state)
    pay.tax("SUTA", name, shown, base, key=key, sign=1)


def say_states(pay: Pay) -> None:
    """Tell the preparer when pay is split between states."""
    places = pay.facts.work_states
    if not places:
        return
    parts = ", ".join(
        f"{states.NAMES[place.state]} {share.normalize():f}%"
        for place, share in zip(places, percents(places), strict=True)
    )
    pay.notes.append(
        f"Worked in several states: wages and state taxes are split by the pay of the "
        f"days there ({parts}). Each state's tax is calculated on its own part."
    )


def _state_wages(pay: Pay, form: StateForm) -> Decimal:
    # the table of kinds already knows which deductions a state does not follow
    whole = _taxed_by(pay, form.state)
    return whole if form.whole else _split(pay, whole, form.state)


def _taxed_by(pay: Pay, state: str) -> Decimal:
    facts = pay.facts
    separate = facts.person.married_separate
    bases = wages(pay.gross, pay.taken, facts.pay_date, state, separate=separate)
    return bases[Base.STATE]


def _wages(pay: Pay, state: str, which: WageBase) -> Decimal:
    """Wages a state or local tax is figured on, before its own caps."""
    if which is WageBase.NONE:
        return ZERO
    if which is WageBase.FEDERAL:
        return _taxed_by(pay, state)
    total = pay.gross
    for item in pay.taken:
        if item.kind.phase is Phase.IMPUTED:
            total += item.kind.sign(Base.STATE) * item.amount
        elif item.kind.phase is Phase.PRETAX and which is not WageBase.GROSS:
            deferral = item.kind.limit == RETIREMENT
            if deferral is (which is WageBase.LESS_RETIREMENT):
                total -= item.amount
    return max(ZERO, total)


def _split(pay: Pay, amount: Decimal, state: str) -> Decimal:
    """The part of ``amount`` for a state: of a home state, or the only one, all."""
    places = pay.facts.work_states
    if not any(place.state == state for place in places):
        return amount
    return part_of(amount, places, state)


def _shown(pay: Pay, worked: Worked, base: Decimal, state: str) -> Worked:
    """The working, with how the state's wages came about where pay is split."""
    places = pay.facts.work_states
    if not any(place.state == state for place in places):
        return worked
    return Worked(worked.amount, (share_step(base, places, state), *worked.steps))


def _has_tax(pay: Pay, form: StateForm) -> bool:
    law = states.law_on(form.state, pay.facts.pay_date, None, pay.facts.employer.tables)
    return law.method is not states.Method.NONE


def _state_input(pay: Pay, form: StateForm, base: Decimal) -> states.StateInput:
    facts, tax = pay.facts, -pay.total("FIT")
    return states.StateInput(
        wages=base,
        period=facts.period,
        federal_tax=tax if form.whole else _split(pay, tax, form.state),
        period_start=facts.start,
        period_end=facts.end,
        **form.fields,
    )


def _other_taxes_of(pay: Pay, place: WorkState) -> None:
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
                before.taxed,
                -facts.month.get(("SOTH", key), NOTHING).amount,
                # of a bonus paid apart: the regular pay of these weeks carries it
                period_paid=pay.bonus > ZERO and pay.bonus == pay.gross,
            ),
        )
        pay.notes += [note.text for note in result.notes]
        shown = _shown(pay, result, base, place.state)
        pay.tax("SOTH", tax.name, shown, base, key=key)
