"""What a counted quantity means: possible, surprising, in need of a second pair of eyes.

A shelf is emptied between two counts: less than the books say is normal, as far as it is
what the room usually uses. The rest, and everything that is more than the books say, is
a surprise; a surprise worth more than the practice's limit is counted again. What came
for free (samples, vaccine of a program) is worth nothing in the books: there the number of
units decides.
"""

from dataclasses import dataclass
from decimal import Decimal

from ...core.answers import Limits, read_number
from ...money import to_cents
from ..quantity import ZERO

MOST = 1_000_000
USUAL = 2  # twice the usual use since the last count surprises nobody: our choice
# so many times the larger of par and book is taken for a slip of the finger, but asked
ABSURD_TIMES, ABSURD_MORE = 5, 20
FREE_MOST = (
    10  # units without a cost up to which one person's count is enough: our choice
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``difference`` = counted - book; ``surprise`` the part nobody expected, in units,
    and its ``value`` in dollars, both without sign; ``recount``: count again."""

    difference: Decimal
    surprise: Decimal
    value: Decimal
    recount: bool


def impossible(typed: object) -> str:
    """Why no shelf can hold this: "negative", "too_many", "not_a_number", or "".

    :param typed: a number or its text with a decimal point; a comma (1,5 and 1,500 look
        alike), true/false and nothing are no number
    """
    quantity = read_number(typed, Limits()).value
    if quantity is None:
        return "not_a_number"
    if quantity < 0:
        return "negative"
    return "too_many" if quantity > MOST else ""


def absurd(quantity: Decimal, par: Decimal, book: Decimal) -> bool:
    """Whether somebody should look twice before this is written down."""
    usual = max(par, book, ZERO)
    return quantity > ABSURD_TIMES * usual and quantity - usual > ABSURD_MORE


def judge(
    book: Decimal,
    counted: Decimal,
    usual: Decimal,
    cost: Decimal,
    limit: Decimal,
    *,
    strict: bool = False,
) -> Verdict:
    """Whether a count may be posted as it is.

    :param usual: units the room usually uses in the time since its last count
    :param cost: dollars a unit; 0 where nothing was paid for it
    :param limit: dollars of surprise up to which one person's count is enough
    :param strict: any difference is counted again (controlled items)
    """
    difference = counted - book
    surprise = difference
    if difference < 0:
        surprise = max(-difference - USUAL * usual, ZERO)
    value = to_cents(surprise * cost)
    recount = value > limit or (strict and difference != 0)
    if not cost:
        recount = recount or surprise > FREE_MOST
    return Verdict(difference, surprise, value, recount)
