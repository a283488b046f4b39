"""Form 940: the employer's annual federal unemployment (FUTA) tax return."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ...money import ZERO, to_cents
from ..law.lawtable import rows
from ..law.limits import TABLE, Status, settled
from ..law.working import Step
from ..tax.unemployment import credit_reduction
from .deposits import rule
from .futacredit import StateCredit, worksheet

CREDIT = Decimal("0.054")  # 26 USC 3302(b)
QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Paid:
    """What one employee was paid in each quarter, in dollars.

    ``exempt`` is the part that FUTA does not tax (section 125 benefits, group-term
    life, employer's health and pension contributions if they are in ``payments``).
    ``before``: FUTA wages of a predecessor, which count towards the base and are on its
    own Form 940 (26 USC 3306(b)(1); Instructions for Form 940, line 5).
    """

    payments: tuple[Decimal, Decimal, Decimal, Decimal]
    exempt: tuple[Decimal, Decimal, Decimal, Decimal] = (ZERO, ZERO, ZERO, ZERO)
    before: Decimal = ZERO

    def taxable(self, base: Decimal) -> list[Decimal]:
        """FUTA wages of each quarter: the first ``base`` dollars of the year."""
        found: list[Decimal] = []
        before = min(base, self.before)
        for paid, free in zip(self.payments, self.exempt, strict=True):
            after = min(base, before + paid - free)
            found.append(after - before)
            before = after
        return found


@dataclass(frozen=True, slots=True)
class States:
    """What the states have to do with the credit.

    ``wages`` are FUTA wages by state that state unemployment tax covers too (Schedule
    A). ``all_excluded``: no FUTA wages were subject to state unemployment tax at all
    (line 9). ``credits``: given when some were excluded, or when state tax was paid
    late (line 10). ``reductions``: percentage points that replace the shipped ones.
    """

    wages: Mapping[str, Decimal]
    all_excluded: bool = False
    credits: Sequence[StateCredit] = ()
    reductions: Mapping[str, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class Form940:
    """The filled lines ("16a" to "16d" by quarter), Schedule A, and what is open."""

    lines: Mapping[str, Decimal]
    schedule_a: Mapping[str, tuple[Decimal, Decimal, Decimal]]
    steps: tuple[Step, ...]
    problems: tuple[str, ...]


def form940(
    year: int, people: Sequence[Paid], states: States, deposited: Decimal = ZERO
) -> Form940:
    """Fill Form 940 for ``year``; amounts in dollars, tax lines to the cent.

    :param deposited: FUTA tax deposited for the year (line 13)
    :raises LimitMissing: the year's figures, or a state's credit reduction, are not
        settled: give the latter in ``States.reductions``
    """
    base = settled("futa_wage_base", year).value
    net = settled("futa_rate", year).value / 100 - CREDIT
    by_quarter = [ZERO] * QUARTERS
    for person in people:
        for index, wages in enumerate(person.taxable(base)):
            by_quarter[index] += wages
    lines = {
        "3": sum((sum(person.payments, ZERO) for person in people), ZERO),
        "4": sum((sum(person.exempt, ZERO) for person in people), ZERO),
    }
    lines["7"] = sum(by_quarter, ZERO)
    lines["5"] = lines["3"] - lines["4"] - lines["7"]
    lines["6"] = lines["4"] + lines["5"]
    lines["8"] = to_cents(lines["7"] * net)
    schedule_a, credit_steps = _adjust(year, lines, states)
    lines["12"] = lines["8"] + lines["9"] + lines["10"] + lines["11"]
    lines["13"] = deposited
    lines["14"] = max(ZERO, lines["12"] - deposited)
    lines["15"] = max(ZERO, deposited - lines["12"])
    rate = net + (CREDIT if states.all_excluded else ZERO)
    for letter, amount in zip("abcd", _spread(by_quarter, rate, lines), strict=True):
        lines[f"16{letter}"] = amount
    lines["17"] = sum((lines[f"16{letter}"] for letter in "abcd"), ZERO)
    steps = [Step(f"Line {key}", amount) for key, amount in lines.items()]
    return Form940(
        lines,
        schedule_a,
        (*steps, *credit_steps),
        tuple(_problems(year, lines, states)),
    )


def _adjust(
    year: int, lines: dict[str, Decimal], states: States
) -> tuple[dict[str, tuple[Decimal, Decimal, Decimal]], tuple[Step, ...]]:
    """Lines 9 to 11, and the rows of Schedule A: (wages, rate, reduction)."""
    lines["9"] = lines["10"] = lines["11"] = ZERO
    if states.all_excluded:
        lines["9"] = to_cents(lines["7"] * CREDIT)
        return {}, ()
    steps: tuple[Step, ...] = ()
    if states.credits:
        worked = worksheet(lines["7"], states.credits)
        lines["10"], steps = worked.amount, worked.steps
    schedule = {}
    for state, wages in sorted(states.wages.items()):
        given = states.reductions or {}
        points = given[state] if state in given else credit_reduction(state, year)
        reduction = to_cents(wages * points / 100)
        lines["11"] += reduction
        schedule[state] = (wages, points, reduction)
    return schedule, steps


def _spread(
    by_quarter: Sequence[Decimal], rate: Decimal, lines: Mapping[str, Decimal]
) -> list[Decimal]:
    """Liability by quarter; the adjustments of the year belong to the fourth.

    So does the odd cent of rounding, or to the last quarter that can bear it.
    """
    found = [to_cents(wages * rate) for wages in by_quarter]
    rest = lines["12"] - sum(found, ZERO)
    for index in reversed(range(QUARTERS)):
        part = max(rest, -found[index])
        found[index] += part
        rest -= part
    return found


def _problems(year: int, lines: Mapping[str, Decimal], states: States) -> list[str]:
    found = []
    covered = sum(states.wages.values(), ZERO)
    if covered > lines["7"]:
        found.append(
            f"The states' FUTA wages of {covered} exceed line 7 of {lines['7']}."
        )
    if covered < lines["7"] and not (states.all_excluded or states.credits):
        found.append(
            f"Only {covered} of the FUTA wages of {lines['7']} are laid on states: "
            "enter the rest, or fill the worksheet of line 10."
        )
    if states.reductions is None and _open_list(year):
        found.append(
            f"The list of credit reduction states of {year} is not final here: compare "
            "Schedule A with the Department of Labor's list of November."
        )
    limit, source = rule("futa", date(year, 12, 31))
    if lines["14"] > limit:
        found.append(f"The balance due exceeds {limit}: deposit it ({source}).")
    return found


def _open_list(year: int) -> bool:
    """Whether a state's credit reduction of ``year`` is announced but not final."""
    return any(
        row["item"].startswith("futa_credit_reduction_")
        and row["year"] == str(year)
        and row["status"] != Status.PUBLISHED.value
        for row in rows(TABLE)
    )
