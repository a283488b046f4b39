"""What one payslip is worked out from, and what comes out: facts and items."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from ...money import ZERO
from ..deduct.deductionlimits import Person
from ..deduct.deductions import Election
from ..deduct.garnishment import Order
from ..deduct.retirement import Tier
from ..law.certificates import W4, Certificate, W4Before2020
from ..law.period import PayPeriod
from ..law.working import Step
from ..tax.local import LocalTax
from ..time.earning import Earning
from .employer import Employer
from .workstates import WorkState

SUPPLEMENTAL = "BONUS"
REIMBURSED = "REIMB"


@dataclass(frozen=True, slots=True)
class Chosen:
    """An election with what the books need: its key, its payee, the plan's match.

    ``coverage`` (dollars of group-term life insurance) replaces the election's amount.
    ``catch_up``: how what the pay did not cover is taken later (see ``Election``).
    ``skip_extra``: dollars are not taken on the 27th (53rd) pay date of a year.
    """

    key: str
    election: Election
    payee: int = 0
    tiers: tuple[Tier, ...] = ()
    coverage: Decimal = ZERO
    skip_extra: bool = False
    catch_up: str = ""


@dataclass(frozen=True, slots=True)
class StateForm:
    """A state that taxes the pay, with the fields of its form for ``StateInput``.

    ``credit``: the home state, which takes only what exceeds the work state's tax.
    ``whole``: it taxes all pay even when it is one of several states of work.
    """

    state: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    credit: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A person under a local tax."""

    tax: LocalTax
    resident: bool = True
    allowances: int = 0


@dataclass(frozen=True, slots=True)
class Owed:
    """A garnishment order with its key and payee."""

    key: str
    order: Order
    payee: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """What the items of one code and key add up to, in dollars and hours."""

    amount: Decimal = ZERO
    wages: Decimal = ZERO
    taxed: Decimal = ZERO


NOTHING = Totals()
Year = Mapping[tuple[str, str], Totals]


@dataclass(frozen=True, slots=True)
class Settled:
    """What this pay makes up for of a provisional payslip, signed as on the slip.

    ``of`` is that slip, ``day`` its pay date; ``whole``: nothing of it is left to settle.
    Without a code there is nothing to pay or to take.
    """

    code: str
    key: str
    name: str
    amount: Decimal
    of: int
    day: date
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything about one person and one pay date. Year-to-date is before this pay.

    ``month`` holds the items of the calendar month. ``quarter_end``: this is the last
    pay of a calendar quarter. ``latest_regular`` are the income tax wages of the last
    regular pay, for the aggregate method on a bonus paid alone;
    ``tax_withheld_last_year`` allows the flat rate on a bonus before the first regular
    pay of a year. ``work_states`` are the states of work of the period when there were
    several; ``work_state`` and ``employer`` are those of its last day. ``extra_pay``:
    it is the 27th biweekly (53rd weekly) pay date of the year. ``shortfall``: a
    :class:`shortfall.Shortfall`; ``advanced`` dollars are owed by the person so far.
    """

    pay_date: date
    start: date
    end: date
    period: PayPeriod
    work_state: str
    earnings: tuple[Earning, ...]
    certificate: Certificate = field(default_factory=W4)
    lock_in: W4 | W4Before2020 | None = None
    chosen: tuple[Chosen, ...] = ()
    person: Person = field(default_factory=Person)
    states: tuple[StateForm, ...] = ()
    locals: tuple[Enrolled, ...] = ()
    orders: tuple[Owed, ...] = ()
    employer: Employer = field(default_factory=Employer)
    year: Year = field(default_factory=dict)
    month: Year = field(default_factory=dict)
    quarter_end: bool = False
    latest_regular: Decimal = ZERO
    remarks: tuple[str, ...] = ()
    tax_withheld_last_year: bool = False
    work_states: tuple[WorkState, ...] = ()
    settlements: tuple[Settled, ...] = ()
    extra_pay: bool = False
    shortfall: str = ""
    advanced: Decimal = ZERO
    advance_key: str = "owe:advance"

    @property
    def places(self) -> tuple[WorkState, ...]:
        """The states of work: several, the only one, or none."""
        if self.work_states or not self.work_state:
            return self.work_states
        return (WorkState(self.work_state, Decimal(1), self.employer),)


@dataclass(frozen=True, slots=True)
class Item:
    """One part of a payslip line, signed as the line: see docs/design-payroll.md."""

    code: str
    name: str
    amount: Decimal
    key: str = ""
    wages: Decimal = ZERO
    taxed: Decimal = ZERO
    hours: Decimal = ZERO
    rate: Decimal = ZERO
    w2: str = ""
    payee: int = 0
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Slip:
    """The items of a payslip in the order of its lines, and remarks for the preparer."""

    items: tuple[Item, ...]
    notes: tuple[str, ...]

    def of(self, code: str) -> tuple[Item, ...]:
        """The items of one line."""
        return tuple(item for item in self.items if item.code == code)

    def total(self, code: str) -> Decimal:
        """The amount of one line, in dollars and cents."""
        return sum((item.amount for item in self.items if item.code == code), ZERO)
