"""Federal income tax on supplemental wages: bonuses, commissions (Pub. 15, s. 7)."""

from datetime import date
from decimal import Decimal

from ...money import ZERO, to_cents
from ..law.certificates import W4, Certificate, Exempt, W4Before2020, in_force
from ..law.contributions import contributions
from ..law.period import PayPeriod
from ..law.working import Step, Worked
from .federal import Rounding, withhold

SOURCE = "IRS Pub. 15, section 7"


def flat_is_allowed(*, stated_apart: bool, tax_withheld: bool) -> bool:
    """Whether the flat rate may be chosen instead of the aggregate method.

    :param stated_apart: the supplemental wages are paid or stated apart from regular
    :param tax_withheld: income tax was withheld from the employee's regular wages of
        this or the preceding calendar year
    """
    return stated_apart and tax_withheld


def flat(
    certificate: Certificate, wages: Decimal, before: Decimal, pay_date: date
) -> Worked:
    """Return the tax at the flat rate, and at the mandatory rate above 1,000,000.

    :param wages: supplemental wages of this payment, dollars, not negative
    :param before: those paid earlier in the calendar year by this employer
    :return: dollars and cents. A claim of exemption frees only the part up to the
        threshold; no nonresident alien amount is added (Pub. 15-T, "Supplemental
        wage payment")
    :raises TaxYearMissing: no figures of that year are shipped
    :raises ValueError: ``wages`` or ``before`` are negative
    """
    law = contributions(pay_date.year)
    ordinary, excess = _split(wages, before, pay_date)
    exempt = isinstance(in_force(certificate, pay_date), Exempt)
    rate = ZERO if exempt else law.supplemental_rate
    tax = to_cents(ordinary * rate + excess * law.supplemental_mandatory_rate)
    return Worked(
        tax,
        (
            Step("Supplemental wages this payment", wages),
            Step("Supplemental wages of the year before it", before),
            Step("Part up to the threshold", ordinary, SOURCE),
            Step("Its rate, percent", rate * 100, "claim of exemption" * exempt),
            Step("Part above the threshold", excess, SOURCE),
            Step("Its rate, percent", law.supplemental_mandatory_rate * 100, SOURCE),
            Step("Tax on this payment", tax),
        ),
    )


def aggregate(
    certificate: Certificate,
    wages: Decimal,
    before: Decimal,
    regular: Decimal,
    period: PayPeriod,
    pay_date: date,
    *,
    withheld: Decimal | None = None,
    rounding: Rounding = Rounding.CENTS,
    lock_in: W4 | W4Before2020 | None = None,
) -> Worked:
    """Return the tax by the aggregate method (1b).

    The tax on regular and supplemental wages as one payment, less what is withheld
    from the regular ones. Above 1,000,000 of supplemental wages in the year the
    mandatory rate applies to the excess.

    :param regular: the regular wages paid with it, or else of the latest period, with
        the supplemental wages already added to that period before, dollars
    :param withheld: the tax withheld from ``regular``; computed when left out
    :return: dollars, not below zero, rounded as asked
    :raises TaxYearMissing: no figures of that year are shipped
    :raises ValueError: an amount is negative
    """
    law = contributions(pay_date.year)
    ordinary, excess = _split(wages, before, pay_date)

    def on(amount: Decimal) -> Worked:
        return withhold(
            certificate, amount, period, pay_date, rounding=rounding, lock_in=lock_in
        )

    together = on(regular + ordinary)
    if withheld is None:
        withheld = on(regular).amount
    mandatory = rounding.apply(excess * law.supplemental_mandatory_rate)
    tax = max(ZERO, together.amount - withheld) + mandatory
    return Worked(
        tax,
        (
            *together.steps,
            Step("Tax on regular and supplemental wages", together.amount, SOURCE),
            Step("Tax on the regular wages", withheld),
            Step("Tax on the part above the threshold", mandatory, SOURCE),
            Step("Tax on this payment", tax),
        ),
    )


def _split(wages: Decimal, before: Decimal, pay_date: date) -> tuple[Decimal, Decimal]:
    """Return the parts of ``wages`` up to and above the threshold of the year."""
    if wages < ZERO or before < ZERO:
        raise ValueError("Supplemental wages cannot be negative")
    room = contributions(pay_date.year).supplemental_threshold - before
    ordinary = min(wages, max(ZERO, room))
    return ordinary, wages - ordinary
