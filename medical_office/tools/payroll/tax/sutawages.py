"""State unemployment wages: where a state does not follow the federal (FUTA) wages."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from ...money import ZERO
from ..deduct.deductions import Taken
from ..law.deductionkinds import RETIREMENT, Base, Kind, Phase
from ..law.lawtable import kept, rows_on

TABLE = "suta_wages"
GROUPS: Mapping[str, str] = {
    "section_125": "Section 125 deductions",
    "retirement": "401(k) and 403(b) deferrals",
    "life": "Group-term life over 50,000",
}


def group(this: Kind) -> str:
    """The group of a kind of deduction, or empty: it always counts as for FUTA."""
    if this.phase is Phase.PRETAX:
        if this.limit == RETIREMENT:
            return "retirement"
        return "" if this.key == "commuter" else "section_125"  # 26 USC 132(f)
    return "life" if this.key == "group_term_life" else ""


@kept
def shipped(state: str, day: date) -> Mapping[str, bool]:
    """{group: whether the state taxes it} where a source was read; the rest is unknown."""
    return {
        row["group"]: row["taxed"] == "1"
        for row in rows_on(TABLE, day)
        if row["state"] == state
    }


def wages(
    gross: Decimal,
    taken: Sequence[Taken],
    state: str,
    day: date,
    own: Mapping[str, bool] | None = None,
) -> Decimal:
    """Wages of the period that a state's unemployment tax is figured on, before its base.

    :param gross: cash pay that is wages, dollars
    :param own: {group: taxed} as the employer was told by the state; before the shipped
    :return: dollars; what neither names counts as for FUTA
    """
    known = {**shipped(state, day), **(own or {})}
    total = gross
    for item in taken:
        taxed = known.get(group(item.kind))
        if taxed is None:
            total += item.kind.sign(Base.FUTA) * item.amount
        elif item.kind.phase is Phase.PRETAX and not taxed:
            total -= item.amount
        elif item.kind.phase is Phase.IMPUTED and taxed:
            total += item.amount
    return max(ZERO, total)


def unknown(
    state: str, day: date, own: Mapping[str, bool], used: Sequence[str]
) -> tuple[str, ...]:
    """Of the groups ``used``, those taken as for FUTA because nobody has looked."""
    known = {**shipped(state, day), **own}
    return tuple(name for name in used if name in GROUPS and name not in known)
