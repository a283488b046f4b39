"""The ABA routing number of a bank and its check digit."""

WEIGHTS = (3, 7, 1, 3, 7, 1, 3, 7)


def check_digit(first8: str) -> int:
    """Check digit of the first eight digits of a routing number (ABA, modulus 10)."""
    total = sum(int(d) * w for d, w in zip(first8, WEIGHTS, strict=True))
    return -total % 10


def routing_problem(number: str) -> str:
    """Say what is wrong with a routing number, or return an empty text.

    Nine digits, a check digit that fits, and a first pair the ABA assigns: 00-12 the
    Federal Reserve districts, 21-32 thrifts, 61-72 electronic, 80 traveler's checks.
    """
    if not (len(number) == 9 and number.isascii() and number.isdigit()):
        return f"The routing number {number!r} needs nine digits."
    pair = int(number[:2])
    if not (pair <= 12 or 21 <= pair <= 32 or 61 <= pair <= 72 or pair == 80):
        return f"The routing number {number} begins with {number[:2]}: no bank does."
    if check_digit(number[:8]) != int(number[8]):
        return f"The routing number {number} is mistyped: its check digit is wrong."
    return ""
