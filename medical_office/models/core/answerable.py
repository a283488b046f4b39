# The old place, for domains that have not moved yet: goes when all are merged.
from .check.answerable import Answerable, answerable, finding  # noqa: F401
