"""One state's withholding rules as they stood in a span of time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from .errors import BadTable
from .inputs import StateInput
from .schedule import Schedule, StepTable


class Proof(Enum):
    """How sure we are of a state's figures on a day."""

    NO_WAGE_TAX = "no_wage_tax"
    PROVEN = "proven"  # reproduces examples or tables which the state published
    PARTLY_PROVEN = "partly_proven"  # below certain annual wages
    UNPROVEN = "unproven"  # computes, but nothing published could be checked
    ENTERED = "entered"  # the practice's own table
    NO_TABLE = "no_table"


class Method(Enum):
    """How a jurisdiction withholds."""

    NONE = "none"
    BRACKETS = "brackets"
    SPECIAL = "special"
    ENTERED = "entered"


class DatedBy(Enum):
    """The date by which a state decides between its old and its new tables."""

    PAY_DATE = "pay_date"
    PERIOD_START = "period_start"
    PERIOD_END = "period_end"


class RoundsTo(Enum):
    """What the state's guide rounds a withholding to."""

    CENT = "cent"
    DOLLAR = "dollar"
    EACH_LINE = "each_line"  # every line of the worksheet to the dollar (Utah)


class WageBase(Enum):
    """Which pre-tax deductions have left the wages a tax is charged on."""

    NONE = "none"  # no tax on wages
    GROSS = "gross"
    FEDERAL = "federal"  # federal taxable wages: section 125 and retirement are out
    LESS_SECTION_125 = "less_section_125"  # 401(k) stays in
    LESS_RETIREMENT = "less_retirement"  # section 125 stays in


@dataclass(frozen=True, slots=True)
class County:
    """A county's income tax: its rates by column, charged on slices or as a whole."""

    code: str
    name: str
    by_slices: bool
    bands: Mapping[str, tuple[tuple[Decimal, Decimal], ...]]


@dataclass(frozen=True, slots=True)
class Law:
    """The rules of one state from ``valid_from`` to ``valid_to`` (both included).

    Amounts are dollars a year unless their name says otherwise, rates are percents.
    """

    state: str
    valid_from: date
    valid_to: date | None
    method: Method
    proof: Proof
    citation: str
    url: str = ""
    mark: str = ""  # why it is not (wholly) proven, a sentence for the user
    dated_by: DatedBy = DatedBy.PAY_DATE
    rounds_to: RoundsTo = RoundsTo.CENT
    wage_base: WageBase = WageBase.FEDERAL
    parameters: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    schedules: Mapping[tuple[str, str], Schedule] = field(default_factory=dict)
    step_tables: Mapping[tuple[str, str], StepTable] = field(default_factory=dict)
    counties: Mapping[str, County] = field(default_factory=dict)

    def covers(self, day: date) -> bool:
        """Whether the rules were in force on ``day``."""
        if day < self.valid_from:
            return False
        return self.valid_to is None or day <= self.valid_to

    def deciding_day(self, pay_date: date, given: StateInput) -> date:
        """The day that decides whether these rules apply; the pay date, where the
        beginning or end of the period is what counts but is not known."""
        if self.dated_by is DatedBy.PERIOD_START:
            return given.period_start or pay_date
        if self.dated_by is DatedBy.PERIOD_END:
            return given.period_end or pay_date
        return pay_date

    def amount(self, name: str, column: str = "all") -> Decimal:
        """A parameter of the column, else of all columns.

        :raises BadTable: the state's parameters do not have it
        """
        value = self.find(name, column)
        if value is None:
            raise BadTable(f"{self.state}: no {name} for {column} in {self.valid_from}")
        return value

    def find(self, name: str, column: str = "all") -> Decimal | None:
        """As ``amount``, but None where the state has no such parameter."""
        value = self.parameters.get((name, column))
        return self.parameters.get((name, "all")) if value is None else value

    def schedule(self, column: str, name: str = "annual") -> Schedule:
        """The bracket schedule of a column, else the one of all columns.

        :raises BadTable: there is none
        """
        found = self.schedules.get((name, column)) or self.schedules.get((name, "all"))
        if found is None:
            raise BadTable(f"{self.state}: no schedule {name} for {column}")
        return found

    def steps(self, name: str, column: str = "all") -> StepTable | None:
        """A step table, None where the state prints none for this column."""
        return self.step_tables.get((name, column)) or self.step_tables.get(
            (name, "all")
        )

    @property
    def flat(self) -> bool:
        """Whether every schedule has one rate from the first dollar."""
        return bool(self.schedules) and all(
            len(schedule.brackets) == 1 for schedule in self.schedules.values()
        )
