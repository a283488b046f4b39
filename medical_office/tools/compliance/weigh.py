"""One party against one line of a list: the score and the reasons for it."""

from collections.abc import Callable
from operator import ne
from typing import NamedTuple

from .agreement import Agreement, givens, surnames
from .edits import edits
from .identifiers import is_filler
from .person import Person

SURE = 100
CUT = 50  # a hit has at least this score
CUT_WEIGHT = 2.7
POINTS = 7.0  # of the score for one unit of weight
STRONG = 75  # a score that is kept whatever else is found
# An equal NPI is a hit under any name: it is given once and to one person or firm
NPI_LEAST = CUT_WEIGHT + (STRONG - CUT) / POINTS

BORN_SAME, BORN_NEAR, BORN_OTHER = 4.0, 1.5, -4.5
STATE_SAME, STATE_OTHER = 1.3, -1.0
NPI_SAME, NPI_UNCHECKED, NPI_OTHER = 9.0, 4.0, -3.0
GENERATION_SAME, GENERATION_OTHER = 0.5, -2.6
TURNED = 0.2
# Within two letters of a surname there are about ten times the names that are within
# one; a person who in addition lives elsewhere is hardly the same
TWO_LETTERS_ELSEWHERE = 1.5
NO_SURNAME, NO_GIVEN = -2.2, -3.0


class Facts(NamedTuple):
    """What is known of a party or a line besides its name; empty: not known."""

    npi: str = ""  # ten digits
    npi_checked: bool = False  # its check digit is right
    birth: str = ""  # YYYYMMDD
    state: str = ""  # two letters


class Verdict(NamedTuple):
    """Weight of all that was compared, and each part of it in words."""

    weight: float
    reasons: tuple[str, ...]

    @property
    def score(self) -> int:
        """0 to 100; ``CUT`` and above is a hit."""
        points = CUT + POINTS * (self.weight - CUT_WEIGHT)
        return max(0, min(SURE, round(points)))


def near_births(one: str, two: str) -> bool:
    """Whether the dates can be one: equal, unknown, exchanged, a digit or one off."""
    if not one or not two or one == two:
        return True
    if sum(map(ne, one, two)) == 1 or one == two[:4] + two[6:] + two[4:6]:
        return True
    if one[4:] == two[4:] or one[:6] == two[:6]:  # 1939 and 1940, the 19th and 20th
        return abs(int(one) - int(two)) in (1, 10_000) or edits(one, two, 1) == 1
    return edits(one, two, 1) == 1


def births(one: str, two: str) -> tuple[float, str]:
    """What two birth dates say. One wrong digit or exchanged day and month is near."""
    if not one or not two:
        return 0.0, "birth date not known on both sides"
    if one == two:
        return BORN_SAME, "same birth date"
    if near_births(one, two):
        return BORN_NEAR, "birth dates differ by one digit or in order"
    return BORN_OTHER, "birth dates differ"


def facts(one: Facts, two: Facts, firms: bool = False) -> tuple[float, list[str]]:
    """Weight and words of NPI, birth date and state.

    :param firms: an organization may have several NPIs and sites (a person has one)
    """
    total, words = births(one.birth, two.birth)
    reasons = [words] if one.birth or two.birth else []
    if one.npi and two.npi:
        if one.npi != two.npi:
            total += NPI_OTHER / 3 if firms else NPI_OTHER
            reasons.append("NPIs differ")
        elif one.npi_checked and two.npi_checked:
            total += NPI_SAME
            reasons.insert(0, f"same NPI {one.npi}")
        else:
            total += NPI_UNCHECKED
            reasons.append(f"same NPI {one.npi}, whose check digit is wrong")
    if one.state and two.state:
        same = one.state == two.state
        other = STATE_OTHER * 0.6 if firms else STATE_OTHER
        total += STATE_SAME if same else other
        reasons.append(f"same state {one.state}" if same else "other state")
    return total, reasons


def same_number(one: Facts, two: Facts) -> bool:
    """Whether both have one NPI, and it is not a filler."""
    if not one.npi or one.npi != two.npi:
        return False
    return one.npi_checked or not is_filler(one.npi)


def persons(
    one: Person,
    two: Person,
    first: Facts,
    second: Facts,
    crowd: Callable[[], float] = float,
) -> Verdict | None:
    """What speaks for two people being one; None where nothing does.

    :param crowd: what a letter or two changed in the surname costs more, where many
        parties bear one like it and no birth date decides; asked for then only
    """
    total, reasons = facts(first, second)
    same_npi = bool(first.npi) and first.npi == second.npi
    same_birth = bool(first.birth) and first.birth == second.birth
    if total <= BORN_OTHER + STATE_SAME and not same_npi:
        return None  # the birth dates are those of two people
    family, given, turned = _best_names(one, two, same_birth or same_npi)
    if not (family and given) and not (same_npi or (same_birth and (family or given))):
        return None
    total += family.weight if family else NO_SURNAME
    total += given.weight if given else NO_GIVEN
    total -= turned * TURNED
    words = [
        each.words if each else text
        for each, text in ((family, "surnames differ"), (given, "first names differ"))
    ]
    if turned:
        words.append("first and last name exchanged")
    if one.generation and two.generation:
        same = one.generation == two.generation
        total += GENERATION_SAME if same else GENERATION_OTHER
        words.append("same generation" if same else "generations differ (Jr, Sr, III)")
    if family and family.mistyped and not (first.birth and second.birth):
        total -= _mistyped_cost(family.mistyped, total, first, second, crowd)
    if family and given and family.exact and given.exact:
        total = max(total, _floor(one, two, first, second))
    if same_number(first, second):
        total = max(total, NPI_LEAST)
    return Verdict(total, (*words, *reasons))


def _mistyped_cost(
    letters: int, total: float, first: Facts, second: Facts, crowd: Callable[[], float]
) -> float:
    """What mistakes in the surname cost more where no birth date decides.

    The crowd is not counted for those who are no hit without it.
    """
    states = first.state and second.state
    elsewhere = letters > 1 and states and first.state != second.state
    cost = TWO_LETTERS_ELSEWHERE if elsewhere else 0.0
    return cost + crowd() if total - cost >= CUT_WEIGHT - 1 else cost


def _floor(one: Person, two: Person, first: Facts, second: Facts) -> float:
    """The same name and nothing against it is a hit, however common the name."""
    against = (
        (first.npi and second.npi and first.npi != second.npi)
        or births(first.birth, second.birth)[0] < 0
        or (one.generation and two.generation and one.generation != two.generation)
    )
    return 0.0 if against else CUT_WEIGHT


_Names = tuple[Agreement | None, Agreement | None, bool]


def _best_names(one: Person, two: Person, single: bool) -> _Names:
    """Agreement of surnames and given names, as written or with columns exchanged.

    :param single: one of the two is enough
    """
    family = surnames(one, two)
    given = givens(one, two) if family or single else None
    straight: _Names = (family, given, False)
    if family and given and (family.exact or given.exact) and _sum(straight) > 0:
        return straight
    turned = one.turned()
    family = surnames(turned, two)
    given = givens(turned, two) if family else None
    if not (family and given):
        return straight
    crossed: _Names = (family, given, True)
    return max(straight, crossed, key=_sum)


def _sum(names: _Names) -> float:
    family, given, _turned = names
    if not (family and given):
        return -100.0
    return family.weight + given.weight
