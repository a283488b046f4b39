"""Numbers and days that no practice has: a slip of the keyboard, or a client's joke."""

from datetime import date, datetime, timedelta

# dollars, hours, pieces: in a field of money, its cents stay exact below
MOST_NUMBER = 10**12
MOST_INTEGER = 2**31 - 1  # what the database keeps in a whole number
# a hundred years of what is added to a day, by the last word of a field's name
MOST_TIME = {"days": 36_525, "weeks": 5_218, "months": 1_200, "years": 100}
FIRST_YEAR, LAST_YEAR = 1900, 2200
DAYS = frozenset({"date", "datetime"})
FAST = timedelta(minutes=5)  # a clock that is ahead of ours by so much is believed


def bounds_of(kind: str, name: str) -> tuple[int, int]:
    """The least and the largest number that a field of this type and name takes."""
    most = MOST_INTEGER if kind == "integer" else MOST_NUMBER
    most = MOST_TIME.get(name.rpartition("_")[2], most)
    return -most, most


def is_beyond(
    kind: str, value: object, bounds: tuple[int, int] = (-MOST_NUMBER, MOST_NUMBER)
) -> bool:
    """Whether a value that a client sends for a field lies beyond all reason.

    :param kind: type of the field: of a number, or one of ``DAYS``
    :param value: as it was sent; nothing (None, False, 0, "") never is
    :param bounds: of a number: least and largest that the field takes (``bounds_of``);
        an empty one is looked at by the record itself
    """
    if not value:
        return False
    try:
        if kind in DAYS:
            year = getattr(value, "year", None)
            if year is None:
                year = date.fromisoformat(str(value)[:10]).year
            return not FIRST_YEAR <= year <= LAST_YEAR
        # written so that what is no number at all (NaN) is beyond, too
        return not bounds[0] <= float(value) <= bounds[1]  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return True


def is_to_come(value: object, day: date, now: datetime) -> bool:
    """Whether a day or time that a client sends for what has happened is still to come.

    :param value: as it was sent, of no unreasonable year (``is_beyond``)
    :param day: today where the reader is, or where the practice is if it is later there
    :param now: the moment, in UTC; a time may be ahead of it by ``FAST``
    """
    if not value:
        return False
    text = str(value)
    try:
        given = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return False  # no time at all: the field itself refuses it
    if len(text) > len("2026-11-30"):
        return given > now + FAST
    # in the evening of a practice behind UTC, UTC's day is the practice's tomorrow
    return given.date() > day
