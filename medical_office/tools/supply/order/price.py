"""Price creep and the three-way match: what is paid against what was agreed, ordered,
received and paid last."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from ...money import CENT, to_cents
from ..notes import Note, note
from ..quantity import ZERO

TENTH = Decimal("0.1")
PRICE_DIGITS = 6  # a needle costs less than a cent
TINY = Decimal(1).scaleb(-PRICE_DIGITS)
HALF_CENT = CENT / 2  # the rounding of a line's total is nobody's overcharge


def plain_price(value: Decimal) -> Decimal:
    """A price as people write it: cents, or as many decimals as it has, six at most."""
    exactly = value.quantize(TINY, ROUND_HALF_UP)
    cents = exactly.quantize(CENT)
    return cents if cents == exactly else exactly.normalize()


def creep(
    paid: Decimal,
    quantity: Decimal,
    contract: Decimal | None,
    last: Decimal | None,
    tolerance: Decimal,
    ordered: Decimal | None = None,
) -> tuple[Note, ...]:
    """Exceptions of a receipt or bill line, with the dollars at stake as amount.

    :param paid, contract, last, ordered: prices a unit; None where there is no such price
    :param tolerance: percent above which a higher price is an exception (0 or more)
    :return: ``above_contract``, ``above_order``, ``above_last``, ``was_free`` (that price
        was 0) or nothing, the first of them alone, and what rounds to no cent
        on the line is none of them. Where there is a contract price or an
        order, the last price does not matter.
    :raises ValueError: a negative price, quantity or tolerance
    """
    given = [paid, quantity, tolerance]
    given += [price for price in (contract, last, ordered) if price is not None]
    if any(value < 0 for value in given):
        raise ValueError("prices, quantity and tolerance are not negative")
    agreements = [("above_contract", contract), ("above_order", ordered)]
    if contract is None and ordered is None:
        agreements = [("above_last", last)]
    for code, agreed in agreements:
        if (
            agreed is not None
            and paid > agreed * (1 + tolerance / 100)
            and (paid - agreed) * quantity > HALF_CENT
        ):
            return (_exception(code, paid, quantity, agreed),)
    return ()


def _exception(code: str, paid: Decimal, quantity: Decimal, agreed: Decimal) -> Note:
    amount = to_cents((paid - agreed) * quantity)
    if not agreed:
        return note("was_free", amount, paid=paid)
    percent = (100 * (paid / agreed - 1)).quantize(TENTH, ROUND_HALF_UP)
    return note(code, amount, paid=paid, agreed=agreed, percent=percent)


def over_received(billed: Sequence[Decimal], received: Decimal) -> tuple[Decimal, ...]:
    """How much of each bill was never received.

    :param billed: quantities of the bills of one order line, oldest first; credit notes
        are below 0 and make good what was billed too much, whenever they come
    :param received: what arrived, less what went back
    :return: for each of ``billed`` the part that nothing stands behind (0 for credits);
        the oldest bills are covered first
    """
    left = max(received - sum((one for one in billed if one < 0), ZERO), ZERO)
    result = []
    for one in billed:
        covered = min(max(one, ZERO), left)
        left -= covered
        result.append(max(one, ZERO) - covered)
    return tuple(result)
