"""What an employee's state form and pay say, and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from ....money import ZERO
from ...law.period import PayPeriod
from ...law.working import Worked


class FilingStatus(Enum):
    """Filing status on the state's form; also the column of its tables."""

    SINGLE = "single"
    MARRIED_JOINTLY = "married_jointly"
    MARRIED_SEPARATELY = "married_separately"
    HEAD_OF_HOUSEHOLD = "head_of_household"

    @property
    def column(self) -> str:
        """The table column: who files separately reads the single one."""
        if self is FilingStatus.MARRIED_SEPARATELY:
            return FilingStatus.SINGLE.value
        return str(self.value)


class Rounding(Enum):
    """BY_GUIDE rounds as the state's guide does (several to the whole dollar);
    CENTS always to the cent, as the published control examples are written."""

    BY_GUIDE = "by_guide"
    CENTS = "cents"


@dataclass(frozen=True, slots=True)
class StateInput:
    """One pay of one employee, as the state sees it.

    ``wages`` are the state's taxable wages of the period in dollars (see
    ``wage_base``); ``allowances`` the number claimed on the state's own form (the
    personal exemptions in Indiana, the dependents in Alabama). ``None`` means "not
    on the form"; a state which cannot do without says so in a StateInputError.
    """

    wages: Decimal
    period: PayPeriod
    filing_status: FilingStatus = FilingStatus.SINGLE
    allowances: int = 0
    extra: Decimal = ZERO  # additional withholding asked for, per period
    reduced: Decimal = ZERO  # reduced withholding asked for, per period (CT-W4 line 3)
    exempt: bool = False
    form_on_file: bool = True
    code: str = ""  # letter of the state's form: AL, CT, LA, NJ
    federal_tax: Decimal | None = None  # withheld this period: AL, OR
    spouse_works: bool | None = None  # CA, IA, MO, WV
    two_jobs: bool = False  # CA, WV
    elected_percent: Decimal | None = None  # AZ form A-4
    allowance_amount: Decimal | None = None  # dollars a year: CO, IA, MS
    additional_allowances: int = 0  # CA estimated deductions, IL line 2
    dependents: int = 0  # IN line 6
    first_time_dependents: int = 0  # IN line 7
    adopted_children: int = 0  # IN line 8
    blind: int = 0  # MA: employee and spouse
    county: str = ""  # code of the county: IN, MD
    county_percent: Decimal | None = None  # a rate which overrides the county's
    resident: bool = True  # MD
    period_start: date | None = None  # UT dates its tables by it
    period_end: date | None = None  # OH dates its tables by it
    rounding: Rounding = Rounding.BY_GUIDE

    @property
    def annual_wages(self) -> Decimal:
        """Wages of the period times the number of periods in a year, not below 0."""
        return max(ZERO, self.wages * self.period.per_year)

    @property
    def married(self) -> bool:
        return self.filing_status is FilingStatus.MARRIED_JOINTLY


@dataclass(frozen=True, slots=True)
class Note:
    """A remark for the user: a code to translate by, values, and the English text."""

    code: str
    text: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Withheld(Worked):
    """A withholding with its worksheet and the remarks the user has to see."""

    notes: tuple[Note, ...] = ()
