"""The practice as an employer: its own rates, bases, tables and choices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ..deduct.garnishlimits import StateRule
from ..deduct.support import Allocation
from ..tax.states import Law


@dataclass(frozen=True, slots=True)
class Employer:
    """The practice's own figures. Rates are fractions; ``shares`` are the percents of
    state taxes that it passes on, by code; a missing ``suta_rate`` stops the slip;
    ``garnishment`` goes before the rule shipped for the work state.
    ``suta_taxed``: groups of deductions of which the state told whether it taxes them.
    """

    headcount: int = 0
    suta_rate: Decimal | None = None
    suta_base: Decimal | None = None
    suta_taxed: Mapping[str, bool] = field(default_factory=dict)
    shares: Mapping[str, Decimal] = field(default_factory=dict)
    tables: tuple[Law, ...] = ()
    garnishment: StateRule | None = None
    allocation: Allocation = Allocation.PROPORTIONAL
    flat_supplemental: bool = True
