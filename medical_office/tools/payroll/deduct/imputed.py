"""Imputed income: the cost of group-term life insurance over 50,000 (26 USC 79)."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from ...money import ZERO, to_cents
from ..law.lawtable import rows_on
from ..law.working import Step, Worked

EXCLUDED = Decimal(50000)  # 26 USC 79(a)(1)
TABLE = "limits_group_term_life"


def table_cost(age: int, day: date) -> tuple[Decimal, str]:
    """Table I cost in dollars of 1,000 of protection for a month, with its source.

    :param age: on the last day of the tax year
    """
    for row in rows_on(TABLE, day):
        if int(row["age_from"]) <= age <= int(row["age_to"] or 999):
            return Decimal(row["cost_per_1000_month"]), row["source"]
    raise ValueError(f"Table I has no row for age {age} on {day}.")


def group_term_life(
    coverage: Decimal,
    age: int,
    day: date,
    *,
    months: Decimal = Decimal(1),
    paid: Decimal = ZERO,
) -> Worked:
    """Taxable cost of group-term life insurance for a number of months.

    Social security and Medicare wages and W-2 boxes 1 and 12 code C include it; income
    tax need not be withheld on it and FUTA does not apply.

    :param coverage: total death benefit in dollars
    :param months: months covered by this pay period (12/26 for biweekly pay)
    :param paid: what the person paid for it after tax over those months, in dollars
    :return: dollars to the cent, never below zero
    """
    hundreds = ((coverage - EXCLUDED) / 100).quantize(Decimal(1), ROUND_HALF_UP)
    thousands = max(ZERO, hundreds / 10)
    rate, source = table_cost(age, day)
    cost = to_cents(thousands * rate * months)
    amount = max(ZERO, cost - paid)
    steps = (
        Step("Coverage over 50,000, in thousands", thousands, "26 USC 79(a)(1)"),
        Step(f"Cost of 1,000 for a month at age {age}", rate, source),
        Step("Months", months),
        Step("Cost", cost, "26 CFR 1.79-3"),
        Step("less paid by the person after tax", paid, "26 USC 79(a)(2)"),
        Step("Imputed income", amount),
    )
    return Worked(amount, steps)
