"""Price creep: what is paid against what was agreed and what was paid last."""

from decimal import ROUND_HALF_UP, Decimal

from ..money import to_cents
from .notes import Note, note

TENTH = Decimal("0.1")


def creep(
    paid: Decimal,
    quantity: Decimal,
    contract: Decimal | None,
    last: Decimal | None,
    tolerance: Decimal,
) -> tuple[Note, ...]:
    """Exceptions of a receipt or bill line, with the dollars at stake as amount.

    :param paid, contract, last: prices a unit; None where there is no such price
    :param tolerance: percent above which a higher price is an exception (0 or more)
    :return: ``above_contract``, ``above_last``, ``was_free`` (that price was 0) or
        nothing. Where there is a contract price, the last price does not matter.
    :raises ValueError: a negative price, quantity or tolerance
    """
    given = [paid, quantity, tolerance, contract or paid, last or paid]
    if any(value < 0 for value in given):
        raise ValueError("prices, quantity and tolerance are not negative")
    if contract is not None:
        code, agreed = "above_contract", contract
    elif last is not None:
        code, agreed = "above_last", last
    else:
        return ()
    if paid <= agreed * (1 + tolerance / 100):
        return ()
    amount = to_cents((paid - agreed) * quantity)
    if not agreed:
        return (note("was_free", amount, paid=paid),)
    percent = (100 * (paid / agreed - 1)).quantize(TENTH, ROUND_HALF_UP)
    return (note(code, amount, paid=paid, agreed=agreed, percent=percent),)
