"""West Virginia: one set of tables for one earner, another for two."""

from decimal import Decimal

from ....money import ZERO
from .bracket import allowances
from .inputs import StateInput
from .law import Law
from .sheet import Sheet


def annual_tax(law: Law, given: StateInput, sheet: Sheet) -> Decimal:
    """Annual tax: T(W - allowances).

    The two-earner tables are the state's default for joint filers; they give way
    when the form says that the spouse does not work. An employee with two jobs reads
    them too; everyone else the one-earner tables.
    """
    spouse_may_work = given.married and given.spouse_works is not False
    two = given.two_jobs or spouse_may_work
    wages = sheet.annual_wages()
    taxable = max(ZERO, wages - allowances(law, given, sheet))
    sheet.line("Annual taxable amount", taxable)
    schedule = law.schedule("all", "two_earners" if two else "one_earner")
    return sheet.table_tax(schedule, taxable)
