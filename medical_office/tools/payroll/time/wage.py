"""What a wage with its unit comes to in a pay period."""

from decimal import Decimal

from ...money import to_cents

PER_YEAR = {"month": 12, "year": 1}


def salary(wage: Decimal, per: str, per_year: int) -> Decimal:
    """Salary of one of ``per_year`` pay periods in dollars and cents.

    :param per: ``period``, ``month`` or ``year``
    :raises KeyError: another unit
    """
    if per == "period":
        return to_cents(wage)
    return to_cents(wage * PER_YEAR[per] / per_year)
