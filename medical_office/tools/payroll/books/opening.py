"""Opening balances: what was paid in the year before the practice began to pay here.

A figure is entered as it stands on the old payroll's reports: positive what was paid or
withheld. Here it gets the code, the key and the sign that a payslip's item has.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum

from ...dates import us_day
from ...money import ZERO
from ..law.deductionkinds import RETIREMENT, Phase, kind
from ..law.limits import LimitMissing, settled

# of a year of checks, each rounded by itself, and of a payroll that rounded otherwise
TOLERANCE = Decimal("1.00")


@dataclass(frozen=True, slots=True)
class What:
    """A kind of figure that may be entered.

    ``of``: what else has to be named (state, tax, plan or order). ``wages``: wages are
    needed beside the amount; ``capped``: and their part within a wage base.
    """

    code: str
    label: str
    sign: int = 1
    of: str = ""
    wages: bool = False
    capped: bool = False


WHATS: Mapping[str, What] = {
    this.code: this
    for this in (
        What("REG", "Regular pay"),
        What("OTP", "Overtime premium (the half)"),
        What("PTO", "Paid time off"),
        What("HOL", "Holiday"),
        What("SICK", "Sick pay"),
        What("SICKX", "Sick pay not taxed (W-2 code J)"),
        What("BONUS", "Bonus"),
        What("ADDL", "Other earnings"),
        What("REIMB", "Reimbursed expenses"),
        What("PLAN", "Deduction, benefit or imputed income", of="plan"),
        What("MATCH", "Employer match", of="plan"),
        What("FIT", "Federal income tax", -1, wages=True, capped=True),
        What("SS", "Social Security, employee", -1, wages=True, capped=True),
        What("MED", "Medicare, employee", -1, wages=True),
        What("ADDMED", "Additional Medicare", -1, wages=True, capped=True),
        What("ER_SS", "Social Security, employer", wages=True, capped=True),
        What("ER_MED", "Medicare, employer", wages=True),
        What("FUTA", "Federal unemployment", wages=True, capped=True),
        What("SIT", "State income tax", -1, "state", wages=True),
        What("SUTA", "State unemployment", of="state", wages=True, capped=True),
        What("SOTH", "Other state tax", -1, "tax", wages=True, capped=True),
        What("LIT", "Local tax", -1, "tax", wages=True),
        What("GARN", "Garnishment", -1, "order"),
    )
}
PAY = ("REG", "OTP", "PTO", "HOL", "SICK", "BONUS", "ADDL")


class Origin(Enum):
    """Who paid what is entered, which decides the returns that hold it.

    A predecessor's wages count towards the wage bases of its successor (26 USC
    3121(a)(1), 3306(b)(1)) and are on its own Forms 941. Its Forms W-2 are its own by
    the standard procedure, the successor's by the alternate one (Rev. Proc. 2004-53).
    Sick pay of an insurer that passed the employer's liability on by its notice (26 CFR
    32.1(e)) is on the employer's Forms 941, 940 and W-2; what the insurer withheld is
    not owed again (Form 941, line 8).
    """

    OWN = "own"
    STANDARD = "predecessor"
    ALTERNATE = "predecessor_w2"
    SICK = "sick"


# on the predecessor's Forms 941, 940 and state reports, not on ours
ACQUIRED = (Origin.STANDARD, Origin.ALTERNATE)


@dataclass(frozen=True, slots=True)
class Figure:
    """One entered figure in dollars; ``row`` names it to the user.

    ``of`` is the state, the tax's code, or the number of the election or order;
    ``kind`` the kind of the plan. ``taxed``: wages within the wage base, for income tax
    those of box 1.
    """

    row: str
    person: int
    day: date
    what: str
    amount: Decimal
    wages: Decimal = ZERO
    taxed: Decimal = ZERO
    of: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Booked:
    """A figure as an item of pay: signed, with code and key."""

    person: int
    day: date
    code: str
    key: str
    name: str
    amount: Decimal
    wages: Decimal
    taxed: Decimal
    w2: str = ""


def faults(figures: Sequence[Figure], year: int, start: date) -> Iterator[str]:
    """Sentences about figures that cannot be taken, naming row and remedy.

    :param start: the first pay date that is paid here
    """
    seen: set[tuple[int, date, str, str]] = set()
    for one in figures:
        this = WHATS[one.what]
        if one.day.year != year or one.day >= start:
            yield (
                f"{one.row}: the pay date {us_day(one.day)} has to lie in {year}, before "
                f"{us_day(start)}, the first pay date paid here."
            )
        if this.of and not one.of:
            yield f"{one.row}: {this.label} needs the {_OF[this.of]}."
        if this.wages and not one.wages and one.amount:
            yield f"{one.row}: enter the wages that the tax was figured on."
        if not this.wages and (one.wages or one.taxed) and one.what != "MATCH":
            yield f"{one.row}: {this.label} has an amount only, no wages."
        if this.capped and one.what != "FIT" and abs(one.taxed) > abs(one.wages):
            yield (
                f"{one.row}: wages within the base ({one.taxed}) exceed all wages "
                f"({one.wages}): enter all wages, before the wage base."
            )
        mark = (one.person, one.day, one.what, one.of)
        if mark in seen:
            yield f"{one.row}: the same figure is entered twice: add them up."
        seen.add(mark)
    yield from _negative(figures)


def _negative(figures: Iterable[Figure]) -> Iterator[str]:
    """A quarter may take back what another had, but no year is below zero: such figures
    come from reports that print what was withheld with a minus sign."""
    years: dict[tuple[int, str, str], list[Figure]] = {}
    for one in figures:
        years.setdefault((one.person, one.what, one.of), []).append(one)
    for own in years.values():
        for name in ("amount", "wages", "taxed"):
            total = sum((getattr(one, name) for one in own), ZERO)
            if total < 0:
                yield (
                    f"{own[0].row}: the year adds up to {total}: enter what was paid or "
                    "withheld as positive figures."
                )
                break


_OF = {
    "state": "state",
    "tax": "code of the tax",
    "plan": "person's deduction (plan)",
    "order": "garnishment order",
}


def book(figures: Iterable[Figure]) -> list[Booked]:
    """The figures as items of pay, the employer's half of FICA added where it is left
    out: it is the employee's (26 USC 3111), without the Additional Medicare Tax."""
    given = list(figures)
    there = {(one.person, one.day, one.what) for one in given}
    for one in tuple(given):
        other = {"SS": "ER_SS", "MED": "ER_MED"}.get(one.what)
        if other and (one.person, one.day, other) not in there:
            given.append(replace(one, what=other))
    return [_booked(one) for one in given]


def _booked(one: Figure) -> Booked:
    this = WHATS[one.what]
    code, sign, w2, name = this.code, this.sign, "", this.label
    if this.of == "plan":
        law = kind(one.kind, one.day)
        code, sign = _plan_code(law.phase, law.limit)
        w2, name = law.w2, law.label
    if one.what == "MATCH":
        code, sign, w2, name = "ER_BEN", 1, "", this.label
    key = {
        "state": f"state:{one.of}",
        "tax": _tax_key(one),
        "plan": f"election:{one.of}",
        "order": f"order:{one.of}",
    }.get(this.of, "")
    if one.what == "MATCH":
        key = f"match:{key}"
    taxed = one.taxed if this.capped else one.wages
    return Booked(
        one.person, one.day, code, key, name, sign * one.amount, one.wages, taxed, w2
    )


def _tax_key(one: Figure) -> str:
    """The key of a tax by its code; a county of Indiana is written "IN:Marion"."""
    if one.what == "SOTH":
        return f"other:{one.of}"
    return f"county:{one.of}" if one.of.startswith("IN:") else f"local:{one.of}"


def _plan_code(phase: Phase, limit: str) -> tuple[str, int]:
    """Code and sign of a plan's item, as the calculator has them."""
    if phase is Phase.PRETAX:
        return ("RET" if limit == RETIREMENT else "S125"), -1
    if phase is Phase.POSTTAX:
        return ("ROTH" if limit == RETIREMENT else "POST"), -1
    return ("IMP", 1) if phase is Phase.IMPUTED else ("ER_BEN", 1)


def doubts(items: Sequence[Booked], year: int, names: Mapping[int, str]) -> list[str]:
    """Sentences about figures that do not fit each other, by person. They do not stop
    an opening: the old payroll may have been wrong, and this is what it did.

    :param names: of the persons, for the sentences
    """
    found: list[str] = []
    people: dict[int, list[Booked]] = {}
    for item in items:
        people.setdefault(item.person, []).append(item)
    try:
        law = _Law.of(year)
    except LimitMissing as error:
        return [str(error)]
    for person, own in people.items():
        name = names.get(person, str(person))
        found += [f"{name}: {text}" for text in _doubts(own, law)]
    return found


@dataclass(frozen=True, slots=True)
class _Law:
    ss: Decimal
    medicare: Decimal
    ss_base: Decimal
    futa_base: Decimal

    @classmethod
    def of(cls, year: int) -> "_Law":
        return cls(
            settled("social_security_rate_employee", year).value / 100,
            settled("medicare_rate_employee", year).value / 100,
            settled("social_security_wage_base", year).value,
            settled("futa_wage_base", year).value,
        )


def _doubts(own: Sequence[Booked], law: _Law) -> Iterator[str]:
    pay = _total(own, "amount", *PAY)
    if not pay:
        yield "there is no pay: enter it by kind, Form 940 and the payslips need it."
    yield from _wrong_taxes(own, law)
    for code, label, base in (
        ("SS", "Social Security", law.ss_base),
        ("FUTA", "federal unemployment", law.futa_base),
    ):
        taxed = _total(own, "taxed", code)
        if taxed > base:
            yield f"the {label} wages of {taxed} exceed the base of {base}."
    if pay:
        yield from _missing_wages(own)


def _total(own: Sequence[Booked], name: str, *codes: str) -> Decimal:
    return sum((getattr(i, name) for i in own if i.code in codes), ZERO)


def _wrong_taxes(own: Sequence[Booked], law: _Law) -> Iterator[str]:
    ss, medicare = _total(own, "wages", "SS"), _total(own, "wages", "MED")
    for code, label, rate, wages in (
        ("SS", "Social Security", law.ss, _total(own, "taxed", "SS")),
        ("MED", "Medicare", law.medicare, medicare),
    ):
        tax = -_total(own, "amount", code)
        if abs(tax - wages * rate) > TOLERANCE:
            yield f"{label} of {tax} is not {rate:.2%} of the wages of {wages}."
    if ss != medicare:
        yield (
            f"all Social Security wages ({ss}) should be those of Medicare ({medicare})."
        )


def _missing_wages(own: Sequence[Booked]) -> Iterator[str]:
    if not _total(own, "wages", "FIT") and not _total(own, "taxed", "FIT"):
        yield "federal income tax wages are missing: box 1 of the W-2 would be wrong."
    if not _total(own, "wages", "SS") and not _total(own, "wages", "MED"):
        yield (
            "Social Security and Medicare wages are missing: boxes 3 and 5 of the W-2 and "
            "the employer's share would be wrong. Leave them out only where the pay has "
            "none, such as sick pay after six months of absence."
        )
    for code, label in (("FUTA", "federal"), ("SUTA", "state")):
        if not _total(own, "wages", code):
            yield (
                f"{label} unemployment wages are missing: the wage base would be "
                "taxed again from the first dollar."
            )
