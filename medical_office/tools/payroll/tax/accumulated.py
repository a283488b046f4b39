"""A flat tax on the wages of a year, worked out check by check without drift."""

from dataclasses import dataclass
from decimal import Decimal

from ...money import ZERO, to_cents
from ..law.working import Step, Worked

# What a year of rounded checks may be off. More than this between the tax and the rate
# is no rounding (another rate, an old payroll): it is not made up without being told.
DRIFT = Decimal("1.00")
TAXED = "Taxed of this payment"  # the step that says how much lies within a base


@dataclass(frozen=True, slots=True)
class SoFar:
    """What a year had of one tax before a payment, in dollars, voids taken off.

    ``wages``: all wages subject to it, before any base; ``taxed``: the part that was
    really taxed; ``tax``: what was withheld or owed on it, positive.
    """

    wages: Decimal = ZERO
    taxed: Decimal = ZERO
    tax: Decimal = ZERO


def accumulated_tax(
    wages: Decimal,
    before: Decimal | SoFar,
    rate: Decimal,
    *,
    above: Decimal = ZERO,
    up_to: Decimal | None = None,
    source: str = "",
) -> Worked:
    """Return the tax on one payment of a tax that counts wages by the calendar year.

    The tax of a check is the rounded tax on all wages of the year so far, less what
    the year has been taxed already. Rounding each check by itself drifts (26 checks
    may be 13 cents off); this way the checks of a year add up to the tax on the year's
    wages to the cent. So the W-2 and Form 941 need no fractions-of-cents adjustment.

    What has *been* taxed counts, not what would have been: when a payment under the
    wage base is taken back, the base it leaves is filled by the next payments, as if the
    payment had never been made (26 USC 3121(a)(1): the first wages *paid* in the year).
    No payment is taxed beyond its own wages for that; what was taxed too much above a
    threshold comes back at once (26 CFR 31.6413(a)-1).

    :param wages: wages of this payment subject to the tax, dollars; negative when a
        payment of the same year is taken back
    :param before: the year before this payment; a mere number of dollars stands for
        wages that were all taxed as they should be
    :param rate: a fraction (0.062)
    :param above: only the year's wages above this are taxed
    :param up_to: the wage base: the year's wages above it are not taxed
    :return: the tax in dollars and cents, with its steps; below zero where the year has
        been taxed too much
    :raises ValueError: the wages of the year would be negative, before or after
    """
    if isinstance(before, Decimal):
        fair = _band(before, above, up_to)
        before = SoFar(before, fair, to_cents(fair * rate))
    after = before.wages + wages
    if before.wages < ZERO or after < ZERO:
        raise ValueError(
            f"Wages of the year cannot be negative ({before.wages} before this payment, "
            f"{after} after it): reverse the payment of the year it belongs to"
        )
    taxed = _band(after, above, up_to) - before.taxed
    if wages >= ZERO:
        taxed = min(taxed, wages)
    taxed_after = before.taxed + taxed
    tax_before, tax_after = to_cents(before.taxed * rate), to_cents(taxed_after * rate)
    if abs(tax_before - before.tax) <= DRIFT:
        tax_before = before.tax
    steps = [
        Step("Wages this payment", wages),
        Step("Wages of the year before it", before.wages),
    ]
    if above:
        steps.append(Step("Taxed above", above, source))
    if up_to is not None:
        steps.append(Step("Wage base", up_to, source))
    if before.taxed != _band(before.wages, above, up_to):
        label = "Taxed of the year before it: a payment was taken back, or entered so"
        steps.append(Step(label, before.taxed))
    steps += [
        Step(TAXED, taxed),
        Step("Rate, percent", rate * 100, source),
        Step("Tax on the year's wages with it, rounded", tax_after),
        Step("Tax on the year's wages before it, rounded", tax_before),
        Step("Tax on this payment", tax_after - tax_before),
    ]
    return Worked(tax_after - tax_before, tuple(steps))


def capped(
    cap: Decimal, wages: Decimal, before: Decimal, taxed: Decimal | None = None
) -> Worked:
    """Return the part of a payment that a tax with a yearly cap on wages takes.

    :param cap: dollars a year
    :param wages: of this payment, dollars, not negative
    :param before: wages of the year before it; ``taxed``: the part of them that was
        really taxed, as much as the cap allows when left out
    :return: dollars, at most ``wages``; the room that a payment taken back has left is
        filled
    """
    fair = min(cap, before)
    done = fair if taxed is None else min(cap, taxed)
    amount = max(ZERO, min(wages, min(cap, before + wages) - done))
    return Worked(
        amount, (Step("Left under the annual cap", cap - done), Step(TAXED, amount))
    )


def _band(wages: Decimal, above: Decimal, up_to: Decimal | None) -> Decimal:
    capped = wages if up_to is None else min(wages, up_to)
    return max(ZERO, capped - above)
