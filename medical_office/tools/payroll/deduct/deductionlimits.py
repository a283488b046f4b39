"""How much a person may still put into each tax-favoured plan this year."""

from dataclasses import dataclass
from decimal import Decimal

from ...money import ZERO
from ..law.deductionkinds import Kind, Phase
from ..law.limits import settled
from ..law.working import Step

ROTH_CATCHUP_FROM = 2026  # 26 USC 414(v)(7); Notice 2023-62 deferred it to 2026
ELECTIVE = "402g"
HSA = "hsa"


@dataclass(frozen=True, slots=True)
class Person:
    """What the limits depend on.

    ``age`` is the age on 31 December of the year. ``prior_fica_wages`` are last year's
    Social Security wages from this employer, in dollars (W-2 box 3); None when nobody
    knows them: a catch-up before tax then waits for the answer (see ``ceiling``).
    """

    age: int = 0
    hsa_family: bool = False
    prior_fica_wages: Decimal | None = None
    married_separate: bool = False


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The most that may go in during the limit's span, with the steps to it.

    ``pretax`` is lower than ``total`` when the catch-up has to be Roth.
    """

    total: Decimal
    pretax: Decimal
    steps: tuple[Step, ...]
    why: str


def ceiling(kind: Kind, person: Person, year: int) -> Ceiling | None:
    """Return the limit on money of ``kind``, or None if the law sets none.

    Dollars for the year; for ``commuter`` for the month, for ``health_fsa`` for the
    plan year that begins in ``year``.

    Whether a catch-up has to be Roth depends on last year's wages (26 USC 414(v)(7)).
    While they are unknown it stops before tax, since money put in before tax that
    should have been Roth cannot be put right on a payslip; the reason asks for them.

    :raises LimitMissing: the figures of ``year`` are not shipped
    """
    if not kind.limit:
        return None
    if kind.limit == ELECTIVE:
        return _elective(person, year)
    if kind.limit == HSA:
        return _hsa(person, year)
    item = kind.limit
    if item == "dependent_care_fsa" and person.married_separate:
        item = "dependent_care_fsa_separate"
    row = settled(item, year)
    step = Step(f"Limit {year} ({row.unit})", row.value, row.source)
    return Ceiling(
        row.value, row.value, (step,), f"the limit of {row.value} for {year}"
    )


def _elective(person: Person, year: int) -> Ceiling:
    """Elective deferrals, traditional and Roth together (26 USC 402(g), 414(v))."""
    base = settled("401k_elective_deferral", year)
    steps = [Step(f"Elective deferral limit {year}", base.value, base.source)]
    catch_up = ZERO
    if person.age >= 50:
        older = 60 <= person.age <= 63
        row = settled("401k_catchup_60_63" if older else "401k_catchup_50plus", year)
        catch_up = row.value
        steps.append(Step(f"Catch-up at {person.age}", catch_up, row.source))
    total = base.value + catch_up
    why = f"the {year} deferral limit of {total}"
    if catch_up and year >= ROTH_CATCHUP_FROM:
        row = settled("roth_catchup_fica_wage_threshold", year)
        prior = person.prior_fica_wages
        if prior is None or prior > row.value:
            label, why = _roth_only(row.value, year, known=prior is not None)
            steps.append(Step(label, row.value, row.source))
            why = f"the {year} limit of {base.value} before tax ({why})"
            return Ceiling(total, base.value, tuple(steps), why)
    return Ceiling(total, total, tuple(steps), why)


def _roth_only(threshold: Decimal, year: int, *, known: bool) -> tuple[str, str]:
    """The line of the worksheet and the reason why a catch-up is not before tax."""
    if known:
        label = "Catch-up must be Roth: last year's wages exceed"
        return label, "catch-up must be Roth"
    label = "Catch-up must be Roth if last year's wages exceed"
    why = (
        f"the Social Security wages of {year - 1} are not known: enter them, above "
        f"{threshold} a catch-up must be Roth"
    )
    return label, why


def _hsa(person: Person, year: int) -> Ceiling:
    """Health savings account, employee and employer together (26 USC 223(b))."""
    row = settled("hsa_family" if person.hsa_family else "hsa_self_only", year)
    cover = "family" if person.hsa_family else "self-only"
    steps = [Step(f"HSA limit {year}, {cover} coverage", row.value, row.source)]
    total = row.value
    if person.age >= 55:
        more = settled("hsa_catchup_55", year)
        total += more.value
        steps.append(Step("Catch-up from 55", more.value, more.source))
    return Ceiling(total, total, tuple(steps), f"the {year} HSA limit of {total}")


def room(
    kind: Kind, limit: Ceiling, used_pretax: Decimal, used_posttax: Decimal
) -> Decimal:
    """Dollars of ``kind`` that still fit under ``limit``.

    :param used_pretax: money of the same limit before tax so far, employer's included
    :param used_posttax: Roth money of the same limit so far
    """
    left = limit.total - used_pretax - used_posttax
    if kind.phase is not Phase.POSTTAX:
        left = min(left, limit.pretax - used_pretax)
    return max(ZERO, left)
