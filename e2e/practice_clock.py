"""The practice's clock, on which every browser runs here: in its evening UTC has begun the
next day, which a form refuses as a day to come."""

from datetime import datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/Chicago")


def practice_day():
    """The day it is at the practice."""
    return datetime.now(ZONE).date()
