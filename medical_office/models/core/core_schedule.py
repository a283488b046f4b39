# The old place, for domains that have not moved yet: goes when all are merged.
from .schedule.schedule import WEEKDAYS  # noqa: F401
