"""The employer's match of retirement deferrals, by the plan's formula."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ...money import ZERO, to_cents
from ..law.limits import settled
from ..law.working import Step, Worked


@dataclass(frozen=True, slots=True)
class Tier:
    """Match ``rate`` percent of deferrals on the next ``pay`` percent of pay.

    "100 % of the first 3 %, then 50 % of the next 2 %" is Tier(100, 3), Tier(50, 2).
    """

    rate: Decimal
    pay: Decimal


def match(
    tiers: Sequence[Tier],
    pay: Decimal,
    deferred: Decimal,
    year: int,
    *,
    pay_before: Decimal = ZERO,
    matched_before: Decimal = ZERO,
    additions_before: Decimal = ZERO,
) -> Worked:
    """Employer contribution on ``deferred`` out of ``pay``.

    For a match per pay period give the period's figures and ``pay_before``. For a plan
    that trues up, give pay and deferrals of the year to date with ``matched_before``:
    the result is what the year to date still lacks, never below zero.

    :param deferred: traditional and Roth deferrals, in dollars
    :param pay_before: pay of the year that counted already, against the limit on pay
        (26 USC 401(a)(17))
    :param additions_before: all contributions of the year so far, both sides, without
        catch-up, this deferral included (26 USC 415(c))
    :return: dollars to the cent
    :raises LimitMissing: the year's figures are not shipped
    """
    cap = settled("401a17_compensation", year)
    counted = max(ZERO, min(pay, cap.value - pay_before))
    steps = [
        Step("Pay", pay),
        Step(f"Pay that counts in {year}", counted, cap.source),
        Step("Deferred", deferred),
    ]
    total, left = ZERO, deferred
    for tier in tiers:
        band = min(left, counted * tier.pay / 100)
        part = band * tier.rate / 100
        total += part
        left -= band
        label = f"{tier.rate} % of deferrals on the next {tier.pay} % of pay"
        steps.append(Step(label, to_cents(part)))
    amount = max(ZERO, to_cents(total) - matched_before)
    if matched_before:
        steps.append(Step("less matched before", matched_before))
    limit = settled("415c_annual_additions", year)
    free = max(ZERO, limit.value - additions_before)
    if free < amount:
        amount = free
        steps.append(Step("Stopped at the limit on additions", free, limit.source))
    steps.append(Step("Employer match", amount))
    return Worked(amount, tuple(steps))
