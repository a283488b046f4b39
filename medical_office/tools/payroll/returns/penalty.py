"""What a late deposit costs (26 USC 6656), to show what is at stake, not to file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from ...money import ZERO, to_cents
from ..law.lawtable import rows_on
from ..law.working import Step, Worked

NOTICE_PERCENT = Decimal(15)  # 26 USC 6656(b)(1)(B): ten days after the first notice


@dataclass(frozen=True, slots=True)
class Required:
    """A deposit that was due, with what has been applied to it, in dollars."""

    due: date
    amount: Decimal
    applied: Decimal = ZERO

    @property
    def open(self) -> Decimal:
        """Dollars still undeposited."""
        return self.amount - self.applied


def apply(
    deposit: Decimal, on: date, required: Sequence[Required]
) -> tuple[Required, ...]:
    """Apply a deposit to the most recent liability first (Rev. Proc. 2001-58).

    Deposits due after ``on`` get what is left over, earliest first.
    """
    past = [i for i, r in enumerate(required) if r.due <= on]
    later = [i for i, r in enumerate(required) if r.due > on]
    order = sorted(past, key=lambda i: required[i].due, reverse=True)
    order += sorted(later, key=lambda i: required[i].due)
    result = list(required)
    for index in order:
        part = min(deposit, result[index].open)
        result[index] = replace(result[index], applied=result[index].applied + part)
        deposit -= part
    return tuple(result)


def penalty(
    amount: Decimal, due: date, paid: date, *, after_notice: bool = False
) -> Worked:
    """Penalty in dollars for ``amount`` deposited on ``paid``, counted in days.

    :param after_notice: still unpaid more than ten days after the first notice
    """
    days = (paid - due).days
    percent, source = ZERO, "on time"
    for row in rows_on("deposit_penalties", due):
        if int(row["days_from"]) <= days <= int(row["days_to"] or days):
            percent, source = Decimal(row["percent"]), row["source"]
    if after_notice and days > 0:
        percent, source = NOTICE_PERCENT, "26 USC 6656(b)(1)(B)"
    cost = to_cents(amount * percent / 100)
    steps = (
        Step("Days late", Decimal(max(0, days))),
        Step("Percent", percent, source),
        Step(f"Penalty on {amount}", cost, source),
    )
    return Worked(cost, steps)
