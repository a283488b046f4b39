"""Arizona: the employee elects a percentage of the wages on form A-4."""

from decimal import Decimal

from ....money import ZERO
from .errors import StateInputError
from .inputs import StateInput
from .law import Law
from .schedule import PERCENT
from .sheet import Sheet


def annual_tax(law: Law, given: StateInput, sheet: Sheet) -> Decimal:
    """Annual wages times the elected percent; 2.0 without form A-4.

    :raises StateInputError: a percentage which the form does not offer
    """
    percent = given.elected_percent
    if percent is None:
        percent = law.amount("default_percent")
    offered = sorted(
        value
        for (name, _), value in law.parameters.items()
        if name == "elective_percent"
    )
    if percent not in offered:
        choices = ", ".join(f"{value}" for value in offered)
        raise StateInputError(
            "AZ",
            "elected_percent",
            f"form A-4 offers {choices} percent, not {percent}.",
        )
    wages = sheet.annual_wages()
    return max(
        ZERO, sheet.line(f"{percent} percent of the wages", wages * percent * PERCENT)
    )
