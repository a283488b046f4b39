"""A flat tax on the wages of a year, worked out cheque by cheque without drift."""

from decimal import Decimal

from ...money import ZERO, to_cents
from ..law.working import Step, Worked


def accumulated_tax(
    wages: Decimal,
    before: Decimal,
    rate: Decimal,
    *,
    above: Decimal = ZERO,
    up_to: Decimal | None = None,
    source: str = "",
) -> Worked:
    """Return the tax on one payment of a tax that counts wages by the calendar year.

    The tax of a cheque is the rounded tax on all wages of the year so far, less the
    rounded tax on the wages before it. Rounding each cheque by itself drifts (26
    cheques may be 13 cents off); this way the cheques of a year add up to the tax on
    the year's wages to the cent, and one cheque is at most a cent away from its own
    product. So the W-2 and Form 941 need no fractions-of-cents adjustment for it.

    :param wages: wages of this payment subject to the tax, dollars; negative when a
        payment of the same year is taken back
    :param before: such wages paid earlier in the year, dollars, not negative
    :param rate: a fraction (0.062)
    :param above: only the year's wages above this are taxed
    :param up_to: the wage base: the year's wages above it are not taxed
    :return: the tax in dollars and cents, with its steps
    :raises ValueError: the wages of the year would be negative, before or after
    """
    after = before + wages
    if before < ZERO or after < ZERO:
        raise ValueError(
            f"Wages of the year cannot be negative ({before} before this payment, "
            f"{after} after it): reverse the payment of the year it belongs to"
        )
    taxed_before = _band(before, above, up_to)
    taxed_after = _band(after, above, up_to)
    tax_before, tax_after = to_cents(taxed_before * rate), to_cents(taxed_after * rate)
    steps = [
        Step("Wages this payment", wages),
        Step("Wages of the year before it", before),
    ]
    if above:
        steps.append(Step("Taxed above", above, source))
    if up_to is not None:
        steps.append(Step("Wage base", up_to, source))
    steps += [
        Step("Taxed of this payment", taxed_after - taxed_before),
        Step("Rate, percent", rate * 100, source),
        Step("Tax on the year's wages with it, rounded", tax_after),
        Step("Tax on the year's wages before it, rounded", tax_before),
        Step("Tax on this payment", tax_after - tax_before),
    ]
    return Worked(tax_after - tax_before, tuple(steps))


def _band(wages: Decimal, above: Decimal, up_to: Decimal | None) -> Decimal:
    capped = wages if up_to is None else min(wages, up_to)
    return max(ZERO, capped - above)
