"""The worksheet on which a state function writes its lines."""

from decimal import Decimal

from ....money import ZERO, to_dollars
from ...law.working import Step
from .inputs import Note, Rounding, StateInput
from .law import Law, RoundsTo
from .schedule import Schedule

_SHOWN = Decimal("0.0001")


class Sheet:
    """Collects the steps of one computation; each line cites the state's guide."""

    def __init__(self, law: Law, given: StateInput) -> None:
        self.law, self.given = law, given
        self.steps: list[Step] = []
        self.notes: list[Note] = []
        by_guide = given.rounding is Rounding.BY_GUIDE
        self.whole_lines = by_guide and law.rounds_to is RoundsTo.EACH_LINE
        self.whole_dollars = by_guide and law.rounds_to is not RoundsTo.CENT

    def line(self, label: str, amount: Decimal) -> Decimal:
        """Write a line and return its amount (shown to four places, kept exact)."""
        shown = amount
        exponent = amount.as_tuple().exponent
        if isinstance(exponent, int) and exponent < -4:
            shown = amount.quantize(_SHOWN)
        self.steps.append(Step(label, shown, self.law.citation))
        return amount

    def rounded_line(self, label: str, amount: Decimal) -> Decimal:
        """As ``line``, to the dollar where the guide rounds every line."""
        return self.line(label, to_dollars(amount) if self.whole_lines else amount)

    def less(self, label: str, amount: Decimal) -> Decimal:
        """Write a subtraction (not where it is nothing) and return it."""
        return self.line(label, amount) if amount else ZERO

    def annual_wages(self) -> Decimal:
        """Lines for the period's wages and what they make in a year."""
        given = self.given
        self.line("Taxable wages of the period", given.wages)
        return self.line(
            f"Annual wages (times {given.period.per_year})", given.annual_wages
        )

    def table_tax(self, schedule: Schedule, taxable: Decimal) -> Decimal:
        """Lines for the bracket and the tax it gives."""
        row = schedule.bracket(taxable) if taxable > 0 else None
        if row is None:
            return self.line("Tax from the table (nothing is taxable)", ZERO)
        return self.line(
            f"Tax from the table: {row.base} plus {row.percent} percent of the amount "
            f"over {row.floor}",
            schedule.tax(taxable),
        )

    def note(self, code: str, text: str, **values: str) -> None:
        self.notes.append(Note(code, text, values))
