"""What happens when pay does not cover what has to be withheld, and how it comes back."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from enum import Enum

from ...money import ZERO, to_cents
from ..law.contributions import contributions
from ..law.deductionkinds import Base, Phase
from ..time.earning import Earning
from .payslip import Pay
from .slipfacts import Facts, Item, Slip

ADVANCE, OWED, UNCOLLECTED = "ADV", "OWE", "UNC"
NO_CASH = frozenset(
    {"IMP", OWED, UNCOLLECTED, "ER_SS", "ER_MED", "FUTA", "SUTA", "ER_BEN"}
)
BORNE = "shortfall"  # key of taxes that the employer bears
ROUNDS = 12  # each leaves less than a half of the rest


class Shortfall(Enum):
    """What is done about taxes that the pay of a slip does not cover.

    Imputed income has its taxes without any cash. The employer advances them and takes
    the advance back from the next pay (26 CFR 31.6205-1(d)); or bears them, which is
    wages in turn (Rev. Proc. 83-43); of a former employee's life insurance it leaves
    Social Security and Medicare uncollected (26 USC 3102(d)): W-2 codes M and N.
    """

    OPEN = ""
    ADVANCE = "advance"
    EMPLOYER = "employer"
    FORMER = "former"


def borne_by_employer(facts: Facts, work: Callable[[Facts], Slip]) -> Slip:
    """The slip with as much more pay as its own taxes and those of imputed income take.

    :param work: works out a slip as it is
    """
    slip, extra = work(facts), ZERO
    for _round in range(ROUNDS):
        short = -cash(slip.items)
        if short <= ZERO:
            break
        extra += short
        name = "Taxes paid by the employer"
        more = Earning("ADDL", extra, name, BORNE)
        slip = work(replace(facts, earnings=(*facts.earnings, more)))
    return slip


def settle_shortfall(pay: Pay) -> None:
    """Advance what the pay does not cover, or take an earlier advance back."""
    facts = pay.facts
    _owed_of_plans(pay)
    net = cash(pay.items)
    if net < ZERO and facts.shortfall == Shortfall.FORMER.value:
        net += _uncollected(pay, -net)
    advances = facts.shortfall in (Shortfall.ADVANCE.value, Shortfall.FORMER.value)
    if net < ZERO and advances:
        pay.items.append(Item(ADVANCE, "Advance on taxes", -net, facts.advance_key))
        pay.notes.append(
            f"The pay does not cover what has to be withheld: {-net} is advanced and "
            "taken back from the next pay."
        )
    elif net > ZERO and facts.advanced > ZERO:
        back = min(net, facts.advanced)
        name = "Advance on taxes, taken back"
        pay.items.append(Item(ADVANCE, name, -back, facts.advance_key))
        pay.notes.append(
            f"{back} of an earlier advance is taken back, {facts.advanced - back} stays: "
            "a state may ask for the person's written consent."
        )


def _uncollected(pay: Pay, short: Decimal) -> Decimal:
    """Leave the taxes on life insurance uncollected as far as the cash lacks.

    :return: dollars that are not collected
    """
    law = contributions(pay.facts.pay_date.year)
    life = sum(
        (
            item.amount
            for item in pay.taken
            if item.kind.phase is Phase.IMPUTED and Base.FICA in item.kind.touches
        ),
        ZERO,
    )
    done = ZERO
    for code, rate in (("SS", law.social_security_rate), ("MED", law.medicare_rate)):
        for index, item in enumerate(pay.items):
            if item.code != code:
                continue
            due = to_cents(min(life, item.taxed) * rate)
            left = min(short - done, due, -item.amount)
            if left > ZERO:
                pay.items[index] = replace(item, amount=item.amount + left)
                name = f"{item.name}, not collected"
                pay.items.append(Item(UNCOLLECTED, name, left, code))
                done += left
    return done


def _owed_of_plans(pay: Pay) -> None:
    """What a plan's part lacked on this slip, or made up for of earlier ones."""
    for chosen, item in pay.parts():
        if not chosen.catch_up or item.kind.phase not in (Phase.PRETAX, Phase.POSTTAX):
            continue
        change = item.election.wanted(pay.gross) - item.amount
        if item.reason and not item.reason.startswith("the pay"):
            change = min(change, ZERO)  # a limit or a goal leaves nothing owed
        if change:
            name = f"{item.name}, owed for later"
            pay.items.append(Item(OWED, name, change, f"owe:{chosen.key}"))


def cash(items: Iterable[Item]) -> Decimal:
    """Net pay of the items so far, in dollars."""
    return sum((i.amount for i in items if i.code not in NO_CASH), ZERO)
