"""An earning: pay of one code, as a line of a payslip has it."""

from dataclasses import dataclass
from decimal import Decimal

from ...money import ZERO
from ..law.working import Step


@dataclass(frozen=True, slots=True)
class Earning:
    """Pay of one code in dollars and cents. All but ``REIMB`` is wages."""

    code: str
    amount: Decimal
    name: str = ""
    key: str = ""
    hours: Decimal = ZERO
    rate: Decimal = ZERO
    steps: tuple[Step, ...] = ()
