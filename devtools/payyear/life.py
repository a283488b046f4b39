"""Lives through the events of a scenario: every payment by the pure engine."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date

from tools.csvcells import CellError
from tools.csvcells import day as parse_day
from tools.money import ZERO
from tools.payroll.deduct.garnishment import Order
from tools.payroll.law.limits import settled
from tools.payroll.slip.grosstonet import work_out

from . import codes, rates
from .books import amount
from .codes import Asked
from .facts import facts_of
from .opening import open_books
from .person import Life, Payment
from .scenario import BadScenario, Event, Scenario, plain
from .terms import SETTINGS, SYNONYMS, Terms, changed
from .terms import read as read_terms

# what moves money on a payslip
CASH = (
    *codes.PAY,
    *("S125", "RET", "FIT", "SS", "MED", "ADDMED", "SIT", "SOTH", "LIT"),
    *("GARN", "ROTH", "POST", "ADV"),
)


def live(scenario: Scenario) -> Life:
    """Live through a scenario.

    Events go by date; on one day opening balances and elections come first, then
    payments and voids in the order of the file.

    :raises BadScenario: an event cannot be, with its line and what to do
    """
    terms = read_terms(scenario.settings)
    raised = [event for event in scenario.events if event.kind == "raise"]
    payments = _payments(scenario.events)
    paydays = sorted(payment.day for payment in payments)
    _born(terms, paydays)
    guessed = rates.rate_before(raised, payments, terms)
    if guessed:
        terms = replace(terms, rate=guessed)
    raises = rates.read(raised, terms)
    life = Life(
        terms,
        raises,
        rates.lag_of(terms, raises, payments),
        {payment.ref: payment for payment in payments},
    )
    if guessed:
        life.books.notes.append(
            f"The rate before the raise is not set: {guessed} is taken, which makes full "
            "time of the regular pay. Set 'rate' if it was another."
        )
    _begin(life, raised)
    opened = [event for event in scenario.events if event.kind == "opening"]
    open_books(life.books, opened, terms, paydays[0] if paydays else None)
    first = {payment.lines[0].line: payment for payment in payments}
    for event in sorted(scenario.events, key=lambda e: (e.day, _RANK[e.kind])):
        if event.kind == "pay":
            if event.line in first:
                _pay(life, first[event.line])
        elif event.kind == "void":
            _void(life, event)
        elif event.kind == "elect":
            _elect(life, event)
    if not payments:
        raise BadScenario("There is no payment: write at least one event 'pay'.")
    _left_unpaid(life)
    return life


def _born(terms: Terms, paydays: Sequence[date]) -> None:
    """
    :raises BadScenario: the first pay date lies before the date of birth
    """
    if paydays and terms.birth_date and terms.birth_date >= paydays[0]:
        raise BadScenario(
            f"birth_date is {terms.birth_date}: nobody was paid on {paydays[0]}, before "
            "being born."
        )


def _begin(life: Life, raised: Sequence[Event]) -> None:
    """What stands from the beginning, and how raises were read."""
    by_line = {one.line: one for one in life.raises}
    for event in raised:
        one = by_line.get(event.line)
        if one and one.new == one.old + rates.written(event):
            life.books.notes.append(
                f"Line {one.line}: a raise by {rates.written(event)}, to {one.new}."
            )
    hired = life.terms.hired
    first = min((one.day for one in life.refs.values()), default=date.max)
    if hired and first < hired:
        life.books.notes.append(
            f"The first payment is of {first}, before the first day of work, {hired}."
        )
    for setting in life.terms.elected:
        event = Event(setting.line, date.min, "elect", setting.name, setting.value, "")
        life.standing[setting.name] = codes.asked(event, setting.name)


def _left_unpaid(life: Life) -> None:
    """Say what a raise dated back still owes because no payment follows it."""
    for one in life.raises:
        earlier = [paid for paid in life.paid if paid.line < one.line]
        owed = sum((each.amount for each in rates.back_pay(one, earlier)), ZERO)
        if owed and one.line not in life.settled:
            life.books.notes.append(
                f"The raise of line {one.line} leaves {owed} unpaid: no payment is "
                "written below it. Add the one that pays it."
            )


_RANK = {"opening": 0, "elect": 1, "raise": 1, "pay": 2, "void": 2}


def _payments(events: Iterable[Event]) -> list[Payment]:
    """The payments of a file, each with its lines.

    :raises BadScenario: one ref stands for payments of two days, or for one that was
        taken back and one after it
    """
    lines: dict[str, list[Event]] = {}
    back: dict[str, int] = {}
    for event in events:
        ref = event.ref or event.day.isoformat()
        if event.kind == "void":
            back.setdefault(event.ref or event.code, event.line)
        elif event.kind == "pay":
            if ref in lines and back.get(ref, 0) > lines[ref][0].line:
                raise BadScenario(
                    f"Line {event.line}: the payment {ref!r} is taken back on line "
                    f"{back[ref]}: give this one a ref of its own."
                )
            lines.setdefault(ref, []).append(event)
    for ref, own in lines.items():
        other = next((e for e in own if e.day != own[0].day), None)
        if other:
            raise BadScenario(
                f"Line {other.line}: the ref {ref!r} is the payment of {own[0].day} "
                f"(line {own[0].line}) already: give this one a ref of its own."
            )
    return [Payment(ref, own[0].day, tuple(own)) for ref, own in lines.items()]


# ----------------------------------------------------------------------- events


def _elect(life: Life, event: Event) -> None:
    name = plain(event.code)
    which = codes.deduction(event.code)
    claim = codes.claim(event.code)
    if which:
        life.standing[which] = codes.asked(event, which)
    elif claim:
        _order(life, event)
    elif SYNONYMS.get(name, name) == "state":
        _move(life, event)
    elif SYNONYMS.get(name, name) in SETTINGS or name.startswith("state_"):
        life.terms = changed(life.terms, name, event.amount, event.line)
    else:
        raise codes.unknown(event)


def _move(life: Life, event: Event) -> None:
    """Another state of work from that day on: its own form, rate and base of wages.

    Coming back finds what was said of a state before. The rate of unemployment tax is
    elected after the move; until then it is that of the state before.
    """
    old = life.terms
    life.places[old.state] = old
    new = changed(old, "state", event.amount, event.line)
    if old.local_percent and new.state != old.state:
        raise BadScenario(
            f"Line {event.line}: end the local tax first (elect,local_percent,0): it is "
            f"of {old.state}."
        )
    known = life.places.get(new.state)
    if new.state == old.state:
        return
    life.terms = replace(
        new,
        suta_rate=known.suta_rate if known else old.suta_rate,
        suta_base=known.suta_base if known else None,
        state_fields=known.state_fields if known else {},
        shares={**old.shares, **(known.shares if known else {})},
    )
    # an elected rate or base of the new state replaces these by its own line
    life.places.setdefault(new.state, life.terms)


def _order(life: Life, event: Event) -> None:
    claim = codes.claim(event.code)
    assert claim is not None
    ref = event.ref or claim.value
    written = event.amount and plain(event.amount) not in codes.ALL
    wish = codes.asked(event, "") if written else Asked("")
    if written and not (wish.amount or wish.percent):
        life.orders.pop(ref, None)
        return
    try:
        life.orders[ref] = Order(ref, claim, event.day, wish.amount, wish.percent)
    except ValueError as error:
        raise BadScenario(f"Line {event.line}: {error}") from None


def _void(life: Life, event: Event) -> None:
    """Take a payment back.

    :raises BadScenario: it was never paid, or is taken back already
    """
    ref = _named(life, event)
    payment = life.refs.get(ref)
    if payment is None or ref not in life.slips:
        when = f" before {event.day}" if payment else ""
        raise BadScenario(
            f"Line {event.line}: the void names {ref!r}, which was not paid{when}: name "
            "the ref of a payment."
        )
    if ref in life.voided:
        raise BadScenario(f"Line {event.line}: {ref!r} is taken back already.")
    _whole_payment(life, event, ref)
    if event.day.year > payment.day.year:
        life.books.notes.append(
            f"{ref}: pay of {payment.day.year} is taken back in {event.day.year}, as never "
            "received (a check not cashed, a deposit that came back). Where the person had "
            "the money and repays it, boxes 1 and 2 of the W-2 and lines 2 and 3 of Form "
            "941 stay; Social Security and Medicare alone are corrected (Pub. 15, section "
            "13, Wage repayments)."
        )
    life.voided.add(ref)
    life.books.take_back(ref, event.day)
    life.paid = [one for one in life.paid if one.ref != ref]
    life.settled = {line: who for line, who in life.settled.items() if who != ref}
    life.insured = [day for day in life.insured if day != payment.day]


def _named(life: Life, event: Event) -> str:
    """The ref that a void names; a payment without one goes by its date, as written."""
    ref = event.ref if event.ref in life.refs else event.code or event.ref
    if ref not in life.refs:
        with suppress(CellError):
            day = parse_day(ref).isoformat()
            ref = day if day in life.refs else ref
    return ref


def _whole_payment(life: Life, event: Event, ref: str) -> None:
    """A void takes all of a payment back: an amount beside it has to be its gross pay.

    :raises BadScenario: it is another amount
    """
    if not event.amount:
        return
    gross = amount(life.books.of(ref), *codes.PAY)
    said = codes.dollars(event)
    lines = {abs(one.amount) for one in life.books.of(ref) if one.code in codes.PAY}
    if abs(said) not in {gross, *lines}:
        raise BadScenario(
            f"Line {event.line}: a void takes back all of {ref!r}, which is {gross}, not "
            f"{said}: leave the amount out, and pay what is right as a new payment."
        )


def _pay(life: Life, payment: Payment) -> None:
    """Work a payment out and put it into the books.

    :raises BadScenario: the engine refuses it, with its own sentence
    """
    again = life.pays_again(payment)
    if again and again.year == payment.day.year:
        life.again[payment.ref] = again
    try:
        settled("social_security_rate_employee", payment.day.year)  # the returns' own
        facts = facts_of(life, payment)
        slip = work_out(facts)
    except (ValueError, LookupError) as error:
        if isinstance(error, BadScenario):
            raise
        raise BadScenario(
            f"Line {payment.line}, payment {payment.ref}: {error}"
        ) from None
    life.slips[payment.ref] = slip
    month_of = life.again.get(payment.ref)
    life.books.post(payment.ref, payment.day, slip.items, month_of)
    life.books.notes += [f"{payment.ref}: {note}" for note in slip.notes]
    cash = sum((i.amount for i in slip.items if i.code in CASH), ZERO)
    if cash < 0:
        life.books.notes.append(
            f"{payment.ref}: the pay does not cover what has to be withheld: {-cash} is "
            "owed by the person, or the employer bears it."
        )
    timed = tuple((e.code, e.amount) for e in facts.earnings if e.code in codes.TIMED)
    if timed:
        span = rates.Span(facts.start, facts.end)
        rate = rates.rate_of(life.raises, life.terms, payment.line, span.start)
        life.paid.append(rates.Paid(payment.ref, payment.line, span, timed, rate))
    if any(chosen.coverage for chosen in facts.chosen):
        life.insured.append(payment.day)
