"""The employer's own taxes on sick pay that an insurer paid and passed on by its notice.

The insurer withholds the employee's part; what the employer owes of its own is figured
here from the year's wages of both payers together (26 CFR 32.1(e); Pub. 15-A, section
6), not from what was withheld: the insurer does not know when the wage base is reached.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from ...money import ZERO
from ..law.working import Worked
from ..tax.accumulated import TAXED, SoFar
from ..tax.fica import medicare, social_security
from ..tax.unemployment import futa
from .opening import WHATS, Booked, Figure, book

# the employer's tax -> the employee's whose wages it is figured on
SHARES: Mapping[str, str] = {"ER_SS": "SS", "ER_MED": "MED", "FUTA": "SS"}
OWED = ("ER_SS", "ER_MED", "FUTA", "SUTA")
_TAX: Mapping[str, Callable[[int, Decimal, SoFar], Worked]] = {
    "ER_SS": social_security,
    "ER_MED": medicare,
    "FUTA": futa,
}


def booked(
    figures: Iterable[Figure], before: Mapping[tuple[int, str], SoFar]
) -> list[Booked]:
    """Sick pay as items of pay, with the employer's taxes where they are left out.

    What is entered of them stays: the insurer's notice may say otherwise.

    :param before: what the year had of a tax before, by person and code
    """
    given = sorted(figures, key=lambda one: (one.day, one.person))
    there = {(one.person, one.day, one.what) for one in given}
    so_far = dict(before)
    made: list[Booked] = []
    for one in given:
        if one.what in SHARES:  # as it was entered
            so_far[one.person, one.what] = _after(
                so_far.get((one.person, one.what), SoFar()),
                one.wages,
                one.taxed if WHATS[one.what].capped else one.wages,
                one.amount,
            )
    for one in given:
        for code, base in SHARES.items():
            if one.what != base or (one.person, one.day, code) in there:
                continue
            place = (one.person, code)
            item, so_far[place] = _owed(one, code, so_far.get(place, SoFar()))
            made.append(item)
    codes = {(item.person, item.day, item.code) for item in made}
    own = [i for i in book(given) if (i.person, i.day, i.code) not in codes]
    return own + made


def _owed(one: Figure, code: str, before: SoFar) -> tuple[Booked, SoFar]:
    """The employer's tax on the sick pay of a day, and the year with it."""
    worked = _TAX[code](one.day.year, one.wages, before)
    taxed = sum((s.amount for s in worked.steps if s.label == TAXED), ZERO)
    this = replace(one, what=code, amount=worked.amount, taxed=taxed)
    (item,) = (i for i in book([this]) if i.code == code)
    return item, _after(before, one.wages, taxed, worked.amount)


def _after(before: SoFar, wages: Decimal, taxed: Decimal, tax: Decimal) -> SoFar:
    return SoFar(before.wages + wages, before.taxed + taxed, before.tax + tax)


def owed_on_sick_pay(items: Sequence[Booked]) -> str:
    """What the practice owes of its own on sick pay that an insurer paid."""
    ss, medicare_, unemployment, state = (
        sum((i.amount for i in items if i.code == code), ZERO) for code in OWED
    )
    text = (
        f"The practice owes its own share: Social Security {ss}, Medicare {medicare_}, "
        f"federal unemployment {unemployment}"
    )
    if state:
        text += f", state unemployment {state}"
    return (
        f"{text}. The approval posts it and lays it on the calendar of deposits, by pay "
        "date."
    )
