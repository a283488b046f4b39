"""Numbers and days that no practice has: a slip of the keyboard, or a client's joke."""

from datetime import date

# dollars, hours, pieces: in a field of money, its cents stay exact below
MOST_NUMBER = 1e12
MOST_INTEGER = 2**31 - 1  # what the database keeps in a whole number
FIRST_YEAR, LAST_YEAR = 1900, 2200
KINDS = frozenset({"monetary", "float", "integer", "date", "datetime"})


def is_beyond(kind: str, value: object) -> bool:
    """Whether a value that a client sends for a field lies beyond all reason.

    :param kind: type of the field, one of ``KINDS``
    :param value: as it was sent; nothing (None, False, 0, "") never is
    """
    if not value:
        return False
    try:
        if kind in ("date", "datetime"):
            year = getattr(value, "year", None)
            if year is None:
                year = date.fromisoformat(str(value)[:10]).year
            return not FIRST_YEAR <= year <= LAST_YEAR
        most = MOST_INTEGER if kind == "integer" else MOST_NUMBER
        # written so that what is no number at all (NaN) is beyond, too
        return not abs(float(value)) <= most  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return True
