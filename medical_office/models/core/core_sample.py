# The old place, for domains that have not moved yet: goes when all are merged.
from ...sample.core.practice import COMPANY, read_scenario  # noqa: F401
