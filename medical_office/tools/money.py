"""Money as Decimal: one place for parsing and for the roundings the law asks for."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, InvalidOperation

ZERO = Decimal(0)
CENT = Decimal("0.01")
DOLLAR = Decimal(1)


def money(value: Decimal | int | float | str) -> Decimal:
    """Return ``value`` as an exact Decimal, unrounded.

    A float is read through its shortest decimal text, so ``0.1`` is a tenth.
    Text may carry a dollar sign, thousands commas and surrounding blanks.

    :raises ValueError: the text is no finite number
    """
    if isinstance(value, Decimal):
        return value
    text = str(value).strip().replace(",", "").removeprefix("$")
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"{value!r} is not an amount of money") from error
    if not number.is_finite():
        raise ValueError(f"{value!r} is not an amount of money")
    return number


def to_cents(amount: Decimal) -> Decimal:
    """Round to the cent, half a cent away from zero (the common payroll rule)."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def down_to_cents(amount: Decimal) -> Decimal:
    """Drop what is below a cent: a limit is never exceeded by rounding."""
    return amount.quantize(CENT, ROUND_DOWN)


def cents(amount: float | None) -> Decimal:
    """A sum out of the database, in cents: floats carry dust, and no rows give None."""
    return money(f"{amount or 0:.2f}")


def to_dollars(amount: Decimal) -> Decimal:
    """Round to the whole dollar: under 50 cents drops, 50 to 99 rises (IRS Pub. 15-T)."""
    return amount.quantize(DOLLAR, ROUND_HALF_UP)
