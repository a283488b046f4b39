"""The facts of one payment, as the engine wants them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from tools.dates import quarter
from tools.money import ZERO, to_cents
from tools.payroll.deduct.deductionlimits import Person
from tools.payroll.deduct.deductions import Election
from tools.payroll.law.deductionkinds import kind
from tools.payroll.slip.employer import Employer
from tools.payroll.slip.slipfacts import (
    SUPPLEMENTAL,
    Chosen,
    Enrolled,
    Facts,
    Owed,
    StateForm,
    Year,
)
from tools.payroll.tax.local import LocalKind, LocalTax
from tools.payroll.time.earning import Earning

from . import codes, rates, salaries
from .books import totals
from .codes import Asked
from .person import Life, Payment
from .scenario import BadScenario, Event, plain
from .terms import Terms

LOCAL = "local"


def facts_of(life: Life, payment: Payment) -> Facts:
    terms, day = life.terms, payment.day
    span = rates.period(day, terms, life.lag)
    earnings, once = _lines(life, payment, span)
    regular = any(e.code in codes.TIMED for e in earnings)
    if regular:
        earnings += _back_pay(life, payment, earnings)
    of = life.again.get(payment.ref, day)
    year, month = _so_far(life, day, of)
    last_year = life.books.year(day.year - 1)
    withheld = -sum((e.amount for e in last_year if e.code == "FIT"), ZERO)
    return Facts(
        pay_date=day,
        start=span.start,
        end=span.end,
        period=terms.frequency,
        work_state=terms.state,
        earnings=tuple(earnings),
        certificate=terms.certificate(day.year),
        chosen=_chosen(life, payment, earnings, once),
        person=Person(
            terms.age(day.year),
            terms.hsa_family,
            _prior(life, day.year),
            terms.married_separate,
        ),
        states=(StateForm(terms.state, terms.state_form()),),
        locals=_locals(terms),
        orders=tuple(Owed(f"order:{ref}", o) for ref, o in life.orders.items()),
        employer=_employer(terms),
        year=year,
        month=month,
        quarter_end=_closes_quarter(of, terms),
        latest_regular=_latest(life),
        tax_withheld_last_year=withheld > 0 or terms.taxed_last_year(day.year),
        extra_pay=regular and salaries.is_extra(life, day),
        shortfall=terms.shortfall,
        advanced=_owing(life, "owe:advance"),
    )


def _lines(
    life: Life, payment: Payment, span: rates.Span
) -> tuple[list[Earning], dict[str, Asked]]:
    """The earnings of a payment, and what is deducted from it alone."""
    earnings: list[Earning] = []
    once: dict[str, Asked] = {}
    for event in payment.lines:
        code = codes.pay_code(event.code)
        which = codes.deduction(event.code)
        if code:
            amount = _worth(life, event, span)
            earnings.append(Earning(code, amount, codes.PAY[code]))
        elif plain(event.code) in codes.HOURS:
            amount = _worth(life, hours(event), span)
            earnings.append(Earning("REG", amount, codes.PAY["REG"]))
        elif plain(event.code) in (*codes.OVERTIME, *codes.OVERTIME_HOURS):
            if plain(event.code) in codes.OVERTIME_HOURS:
                event = hours(event)
            amount = _worth(life, event, span, Decimal("1.5"))
            premium = to_cents(amount / 3)
            earnings.append(Earning("REG", amount - premium, codes.PAY["REG"]))
            earnings.append(Earning("OTP", premium, codes.PAY["OTP"]))
        elif which:
            once[which] = codes.asked(event, which)
        else:
            raise codes.unknown(event)
    return earnings, once


def hours(event: Event) -> Event:
    """The event with its amount marked as hours."""
    return replace(event, amount=event.amount.rstrip("h") + "h")


def _worth(
    life: Life, event: Event, span: rates.Span, factor: Decimal = Decimal(1)
) -> Decimal:
    """Dollars of a line of pay: as written, or hours ("80h") at the rate of the time."""
    if not event.amount and codes.pay_code(event.code) == "REG":
        return salaries.of_period(life, event, span)
    cell = event.amount.lower().removesuffix("rs").removesuffix("hou").strip()
    if not cell.endswith("h"):
        return codes.dollars(event)
    if life.terms.rate is None and life.terms.base_rate is not None:
        raise BadScenario(
            f"Line {event.line}: hours need the setting 'rate', dollars an hour, in place "
            "of the salary."
        )
    rate = rates.rate_of(life.raises, life.terms, event.line, span.start)
    if not rate:
        raise BadScenario(
            f"Line {event.line}: hours need the setting 'rate', dollars an hour."
        )
    if codes.pay_code(event.code) == "OTP":
        factor = Decimal("0.5")
    return to_cents(codes.dollars(event, cell.removesuffix("h")) * rate * factor)


def _back_pay(
    life: Life, payment: Payment, earnings: Sequence[Earning]
) -> list[Earning]:
    """What this payment pays of raises that came after other payments."""
    found: list[Earning] = []
    own = [(earning.code, earning.amount) for earning in earnings]
    for one in life.raises:
        old = [paid for paid in life.paid if _at_old_rate(life, one, paid)]
        if one.line in life.settled or not _pays(life, one, payment, own):
            continue
        life.settled[one.line] = payment.ref
        found += rates.back_pay(one, old)
        guessed = [paid.ref for paid in old if paid.line > one.line]
        if guessed and one.pays not in life.refs:
            life.books.notes.append(
                f"{', '.join(guessed)}: taken as paid at the old rate of {one.old}, which "
                "makes quarter hours of it, and the new one does not."
            )
    return found


def _at_old_rate(life: Life, one: rates.Raise, paid: rates.Paid) -> bool:
    if one.pays in life.refs or paid.line < one.line:
        return True
    return life.terms.rate is not None and one.is_old(paid.lines)


def _pays(
    life: Life, one: rates.Raise, payment: Payment, own: list[tuple[str, Decimal]]
) -> bool:
    """Whether a payment is the one that pays what a raise left open."""
    if one.pays in life.refs:
        return payment.ref == one.pays
    if payment.line < one.line:
        return False
    return life.terms.rate is None or not one.is_old(own)


def _chosen(
    life: Life, payment: Payment, earnings: Sequence[Earning], once: dict[str, Asked]
) -> tuple[Chosen, ...]:
    """The elections that count: standing ones, those of this payment alone, and ended
    ones of which something was taken."""
    wishes = {**_standing(life, payment, earnings), **once}
    taken = _taken(life, payment)
    found = []
    for which in dict.fromkeys([*life.standing, *once, *taken]):
        wish = wishes.get(which, Asked(which))
        so_far, above = taken.get(which, (ZERO, ZERO))
        election = Election(which, wish.amount, wish.percent, so_far, above=above)
        by = life.terms.arrears if which in wishes and not wish.percent else ""
        if by:
            owed = _owing(life, f"owe:election:{which}")
            election = replace(election, owed=owed, catch_up=by)
        tiers = life.terms.match if which in ("401k", "403b") else ()
        if which in ("roth_401k", "roth_403b"):
            tiers = life.terms.match
        found.append(
            Chosen(
                f"election:{which}",
                election,
                tiers=tiers,
                coverage=wish.coverage,
                catch_up=by,
                skip_extra=which in life.terms.skip_extra,
            )
        )
    return tuple(found)


def _standing(
    life: Life, payment: Payment, earnings: Sequence[Earning]
) -> dict[str, Asked]:
    """Of a bonus paid apart only percentages are deducted; the life cover of a period
    is imputed once, on a bonus only where there is no regular pay near it."""
    if any(e.code != SUPPLEMENTAL for e in earnings):
        return dict(life.standing)
    found = {w: a for w, a in life.standing.items() if a.percent}
    if not _insured_near(life, payment):
        found |= {w: a for w, a in life.standing.items() if a.coverage}
    return found


def _insured_near(life: Life, payment: Payment) -> bool:
    size = timedelta(days=rates.length(life.terms))
    others = [
        other.day
        for other in life.refs.values()
        if other.ref not in life.voided
        and any(codes.pay_code(e.code) in codes.TIMED for e in other.lines)
    ]
    return any(abs(day - payment.day) < size for day in (*others, *life.insured))


def _owing(life: Life, key: str) -> Decimal:
    """What the person owes of advances or of one election, whatever the year."""
    return sum((e.amount for e in life.books.entries if e.key == key), ZERO)


def _taken(life: Life, payment: Payment) -> dict[str, tuple[Decimal, Decimal]]:
    """Dollars of each kind so far, and what a state taxed of them: of the month for
    commuting, of the year else."""
    found: dict[str, tuple[Decimal, Decimal]] = {}
    day = payment.day
    of = life.again.get(payment.ref, day)
    month = of.year, of.month
    for entry in life.books.year(day.year):
        if not entry.key.startswith("election:"):
            continue
        which = entry.key.removeprefix("election:")
        this = kind(which, day)
        if this.is_monthly and entry.month != month:
            continue
        sign = 1 if this.adds else -1
        so_far, above = found.get(which, (ZERO, ZERO))
        found[which] = (so_far + sign * entry.amount, above + entry.taxed)
    return found


def _so_far(life: Life, day: date, of: date) -> tuple[Year, Year]:
    """What the year and the month of the day ``of`` had before a payment."""
    entries = life.books.year(day.year)
    return totals(entries), totals(entries, lambda e: e.month == (of.year, of.month))


def _prior(life: Life, year: int) -> Decimal | None:
    """Last year's Social Security wages: as set, else as the books have them."""
    if life.terms.prior_year_wages is not None:
        return life.terms.prior_year_wages
    last = [e for e in life.books.year(year - 1) if e.code == "SS"]
    return sum((e.taxed for e in last), ZERO) if last else None


def _employer(terms: Terms) -> Employer:
    return Employer(
        headcount=terms.headcount,
        suta_rate=terms.suta_rate or ZERO,
        suta_base=terms.suta_base,
        shares=terms.shares,
        flat_supplemental=terms.flat_supplemental,
    )


def _locals(terms: Terms) -> tuple[Enrolled, ...]:
    if not terms.local_percent:
        return ()
    tax = LocalTax(
        LOCAL,
        terms.local_name,
        LocalKind.PERCENT,
        "the scenario",
        date.min,
        resident_percent=terms.local_percent,
        annual_wage_cap=terms.local_wage_cap,
        annual_max=terms.local_annual_max,
    )
    return (Enrolled(tax),)


def _closes_quarter(day: date, terms: Terms) -> bool:
    later = day + timedelta(days=rates.length(terms))
    return (later.year, quarter(later)) != (day.year, quarter(day))


def _latest(life: Life) -> Decimal:
    """Income tax wages of the last regular pay that stands."""
    for entry in reversed(life.books.entries):
        if entry.code == "FIT" and not entry.key and entry.ref not in life.voided:
            if entry.wages > 0:
                return entry.wages
    return ZERO
