"""The number of a lot, as it tells boxes apart."""


def lot_key(number: str | None) -> str:
    """The same for one number in whatever letters it was typed; "" where there is none.

    >>> lot_key(" a1b ")
    'a1b'
    """
    return (number or "").strip().casefold()
