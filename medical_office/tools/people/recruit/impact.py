"""Adverse impact: whether a group is selected at less than four fifths of the best rate.

29 CFR 1607.4(D): a selection rate below four fifths of the rate of the group with the
highest rate is generally regarded as evidence of adverse impact; smaller differences may
be, and greater ones may not be where the numbers are small.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

FOUR_FIFTHS = Fraction(4, 5)
# A group below this many is not shown: its figures would tell who is who. Our own number.
SHOWN_FROM = 5


@dataclass(frozen=True, slots=True)
class Impact:
    """One group. Everything but the name is None where the group is too small to show.

    ``ratio``: its rate over the highest; None where nobody was selected at all.
    ``is_below``: under four fifths.
    """

    group: str
    applicants: int | None
    selected: int | None
    rate: Fraction | None
    ratio: Fraction | None
    is_below: bool | None


def four_fifths(
    groups: Mapping[str, tuple[int, int]], shown_from: int = SHOWN_FROM
) -> Sequence[Impact]:
    """The selection rate of each group and its ratio to the highest.

    :param groups: {group: (applicants, selected)}
    :param shown_from: smaller groups are named without figures and compared with nobody.
        A single small group would follow from the total by subtraction, so the next
        smallest is held back with it
    :raises ValueError: more were selected than applied, or a number is negative
    """
    for group, (applicants, selected) in groups.items():
        if not 0 <= selected <= applicants:
            raise ValueError(f"{group}: {selected} of {applicants} cannot be selected")
    present = {group: pair for group, pair in groups.items() if pair[0]}
    hidden = {group for group, pair in present.items() if pair[0] < shown_from}
    if len(hidden) == 1 and len(present) > 1:
        hidden.add(min(present.keys() - hidden, key=lambda group: present[group][0]))
    rates = {
        group: Fraction(selected, applicants)
        for group, (applicants, selected) in present.items()
        if group not in hidden
    }
    highest = max(rates.values(), default=Fraction(0))
    found = []
    for group, (applicants, selected) in present.items():
        if group in hidden:
            found.append(Impact(group, None, None, None, None, None))
            continue
        ratio = rates[group] / highest if highest else None
        is_below = ratio < FOUR_FIFTHS if ratio is not None else None
        found.append(Impact(group, applicants, selected, rates[group], ratio, is_below))
    return found
