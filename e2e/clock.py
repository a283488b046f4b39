"""The clock of the sample practice: where its people and their browsers are."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("America/Chicago")


def practice_day() -> date:
    """The day it is in the practice; in its evening the machine's is a day ahead."""
    return datetime.now(ZONE).date()
