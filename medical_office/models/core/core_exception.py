# The old place, for domains that have not moved yet: goes when all are merged.
from .exception.exception import SECOND_PERSON_RANK  # noqa: F401
