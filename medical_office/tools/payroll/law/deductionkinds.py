"""What each kind of deduction does to each taxable wage, read from dated tables."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from ...money import ZERO
from .lawtable import kept, rows_on

KINDS = "limits_deduction_kinds"
STATES = "limits_deduction_states"
RETIREMENT = "402g"  # the family of limits of elective deferrals (26 USC 402(g))


class Phase(Enum):
    """When and from whose money a deduction is taken."""

    PRETAX = "pretax"  # from pay, before taxes: lowers the wages marked in the table
    POSTTAX = "posttax"  # from what is left after taxes
    IMPUTED = "imputed"  # no money moves: raises the wages marked in the table
    EMPLOYER = "employer"  # paid by the employer beside the pay


class Base(Enum):
    """A taxable wage; the value is the column of the table of kinds."""

    FIT = "fit"  # federal income tax withholding
    FICA = "fica"  # social security and Medicare, before the wage base
    FUTA = "futa"  # before the wage base
    STATE = "state"  # state income tax withholding
    BOX1 = "box1"  # income reported on the W-2, box 1


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of the table of kinds: which wages it changes and where it is reported.

    ``w2`` is the box ("12D", "10") or empty; ``limit`` the family of annual limits
    that its money counts against, or empty.
    """

    key: str
    label: str
    phase: Phase
    touches: frozenset[Base]
    w2: str
    limit: str
    source: str

    @property
    def is_monthly(self) -> bool:
        """Whether its limit is one of the calendar month."""
        return self.limit.startswith("commuter")

    @property
    def adds(self) -> bool:
        """Whether its items are positive: nothing is taken from the pay."""
        return self.phase in (Phase.EMPLOYER, Phase.IMPUTED)

    def sign(self, base: Base) -> int:
        """What one dollar of this kind does to ``base``: -1, 0 or +1 dollar."""
        if base not in self.touches:
            return 0
        return 1 if self.phase is Phase.IMPUTED else -1


def kind(key: str, day: date) -> Kind:
    """Return the kind called ``key`` as the law stands on ``day``.

    :raises ValueError: no such kind; the message lists those there are
    """
    known = []
    for row in rows_on(KINDS, day):
        known.append(row["kind"])
        if row["kind"] == key:
            touches = frozenset(base for base in Base if row[base.value] == "1")
            phase = Phase(row["phase"])
            label, w2, limit = row["label"], row["w2"], row["limit"]
            return Kind(key, label, phase, touches, w2, limit, row["source"])
    raise ValueError(
        f"{key!r} is not a kind of deduction; use one of {', '.join(known)}."
    )


class Follows(Enum):
    """What a state makes of a kind, where its own rule was read."""

    FEDERAL = "federal"  # the federal rule
    TAXED = "taxed"  # wages there, whatever the federal rule
    LIMITED = "limited"  # the federal exclusion, up to an amount of its own
    LEFT_OUT = "left_out"  # no wages there, though federal wages


@dataclass(frozen=True, slots=True)
class StateRule:
    """One row of the table of states.

    ``limit``: dollars that a state leaves out, in the span of the kind's federal limit
    (of a person married filing separately ``limit_separate``).
    """

    follows: Follows
    limit: Decimal
    limit_separate: Decimal
    source: str


@kept
def state_rule(key: str, state: str, day: date) -> StateRule | None:
    """The rule of a state for one kind of deduction on ``day``, None if none was read."""
    for row in rows_on(STATES, day):
        if row["state"] == state and row["kind"] == key:
            follows = Follows(row.get("rule") or "taxed")
            limit = Decimal(row.get("limit") or 0)
            separate = Decimal(row.get("limit_separate") or limit)
            return StateRule(follows, limit, separate, row["source"])
    return None


def state_effect(
    this: Kind,
    state: str,
    day: date,
    amount: Decimal,
    before: Decimal = ZERO,
    above: Decimal = ZERO,
    *,
    separate: bool = False,
) -> Decimal:
    """What ``amount`` dollars of a kind do to the wages taxed by ``state``.

    Some states do not follow the federal exclusion (New Jersey taxes section 125,
    Pennsylvania 401(k) deferrals, California and New Jersey health savings accounts,
    the employer's money too), or follow it up to an amount of their own.

    :param state: postal code, or empty for a state that follows the federal rule
    :param before: dollars of the kind in the span of its limit before these
    :param above: those of them that were taxed because they lay above the state's limit:
        room that a payment taken back leaves below it is filled by the next one
    :param separate: the person is married and files separately
    """
    rule = state_rule(this.key, state, day)
    if rule is None or rule.follows is Follows.FEDERAL:
        return this.sign(Base.STATE) * amount
    if rule.follows is Follows.LIMITED:
        limit = rule.limit_separate if separate else rule.limit
        free = min(limit, before + amount) - min(limit, before - above)
        return this.sign(Base.STATE) * free
    if rule.follows is Follows.TAXED and this.phase in (Phase.EMPLOYER, Phase.IMPUTED):
        return amount
    return ZERO
