# The old place, for domains that have not moved yet: goes when all are merged.
from .check.check import (  # noqa: F401
    DOMAINS,
    SEVERITIES,
    SEVERITY_RANK,
    CheckResult,
    CheckRow,
)
