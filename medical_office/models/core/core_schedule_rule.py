# The old place, for domains that have not moved yet: goes when all are merged.
from .schedule.rule import WEEKDAY_NAMES  # noqa: F401
