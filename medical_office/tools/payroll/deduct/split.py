"""Splits net pay between a person's bank accounts so that no cent is lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from ...money import ZERO, down_to_cents
from .garnishlimits import HUNDRED


class Share(Enum):
    """How much of the net an account gets."""

    FIXED = "fixed"  # dollars, as far as the net goes
    PERCENT = "percent"  # of the whole net
    REST = "rest"  # what the others leave


@dataclass(frozen=True, slots=True)
class Account:
    """One account of a person, in the person's own order.

    ``value`` is dollars or percent; ``ready`` is false while a prenote is pending: the
    account gets nothing yet and its share goes with the rest.
    """

    key: str
    share: Share
    value: Decimal = ZERO
    ready: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """Dollars for one account, and why it is less than asked for."""

    key: str
    amount: Decimal
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Split:
    """The parts in the person's order, and what has to be paid by check."""

    parts: tuple[Part, ...]
    check: Decimal


def problems(accounts: Sequence[Account]) -> tuple[str, ...]:
    """Sentences about a set of accounts that cannot be split by, or nothing."""
    found = []
    keys = [account.key for account in accounts]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        found.append(f"The account {key} is listed twice: remove one.")
    if sum(account.share is Share.REST for account in accounts) > 1:
        found.append("Only one account may take the rest: give the others an amount.")
    percents = [a.value for a in accounts if a.share is Share.PERCENT]
    if sum(percents, ZERO) > HUNDRED:
        found.append(f"The percentages add up to {sum(percents, ZERO)}: at most 100.")
    for account in accounts:
        if account.share is not Share.REST and account.value <= 0:
            found.append(f"The account {account.key} needs an amount above zero.")
        if account.share is Share.FIXED and account.value != down_to_cents(
            account.value
        ):
            found.append(f"The account {account.key} needs whole cents.")
    return tuple(found)


def split(net: Decimal, accounts: Sequence[Account]) -> Split:
    """Split ``net`` dollars: fixed amounts first, then percentages, then the rest.

    Parts and check add up to ``net`` exactly. Percentages are of the whole net, rounded
    down; when they make 100 the last of them gets the odd cents. What no ready account
    takes is paid by check.

    :raises ValueError: ``net`` is negative or not whole cents, or the accounts have
        :func:`problems`
    """
    if net < 0 or net != down_to_cents(net):
        raise ValueError(f"Net pay of {net} cannot be paid out.")
    wrong = problems(accounts)
    if wrong:
        raise ValueError(" ".join(wrong))
    left, paid = net, {}
    for account in sorted(accounts, key=_turn):
        if not account.ready:
            paid[account.key] = Part(account.key, ZERO, "its prenote is pending")
            continue
        asked = _asked(account, net, left, accounts)
        amount = min(asked, left)
        reason = "" if amount == asked else "net pay does not cover it"
        paid[account.key] = Part(account.key, amount, reason)
        left -= amount
    return Split(tuple(paid[account.key] for account in accounts), left)


def _turn(account: Account) -> int:
    return [Share.FIXED, Share.PERCENT, Share.REST].index(account.share)


def _asked(
    account: Account, net: Decimal, left: Decimal, accounts: Sequence[Account]
) -> Decimal:
    if account.share is Share.REST:
        return left
    if account.share is Share.FIXED:
        return account.value
    percents = [a for a in accounts if a.share is Share.PERCENT]
    shares = [down_to_cents(net * a.value / HUNDRED) for a in percents]
    odd = ZERO
    if account is percents[-1] and sum((a.value for a in percents), ZERO) == HUNDRED:
        odd = net - sum(shares, ZERO)
    return down_to_cents(net * account.value / HUNDRED) + odd
