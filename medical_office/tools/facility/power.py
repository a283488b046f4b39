"""What should not be: assets on the wrong outlet, breakers with too much on them.

Nameplate currents added up are the most that can be drawn at once. A load that runs for
three hours or more counts 125 % (NFPA 70, 210.20(A)), which is the same as filling a
breaker to 80 %; which loads do is not known here, so beyond 80 % is a hint, beyond the
rating is a fault.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

CONTINUOUS_SHARE = Decimal("0.8")  # NFPA 70, 210.20(A): 1 / 1.25

OVER, NEAR = "over", "near"


@dataclass(frozen=True, slots=True)
class Connection:
    """An asset and the outlet it is plugged into."""

    vaccine_storage: bool = False
    life_safety: bool = False
    needs_emergency_power: bool = False
    own_battery: bool = False
    switched: bool = False
    gfci: bool = False  # the outlet's own, its breaker's, or one upstream
    emergency_power: bool = False
    ups: bool = False
    sharing_outlet: int = 0  # other assets in the same outlet


@dataclass(frozen=True, slots=True)
class Finding:
    """``code`` names the text; severity as in the register of exceptions."""

    code: str
    severity: str


def connection_warnings(it: Connection) -> Iterator[Finding]:
    """What is wrong with the way an asset is plugged in.

    Vaccine storage: CDC Vaccine Storage and Handling Toolkit (no outlet that a switch or
    a reset button can turn off, one storage unit in an outlet).
    """
    if it.vaccine_storage:
        if it.switched:
            yield Finding("vaccine_switched", "high")
        if it.gfci:
            yield Finding("vaccine_gfci", "high")
        if it.sharing_outlet:
            yield Finding("vaccine_shared", "medium")
    if it.needs_emergency_power and not (
        it.emergency_power or it.ups or it.own_battery
    ):
        yield Finding("no_emergency_power", "high" if it.life_safety else "medium")


def load_warning(amps: Decimal, rating: Decimal) -> Finding | None:
    """Whether the nameplate currents on a breaker are more than it carries.

    :param rating: of the breaker, in amperes; 0 where unknown
    """
    if rating <= 0:
        return None
    if amps > rating:
        return Finding(OVER, "high")
    if amps > rating * CONTINUOUS_SHARE:
        return Finding(NEAR, "low")
    return None
