# The old place, for domains that have not moved yet: goes when all are merged.
from ..mixins.decidable import Waiting  # noqa: F401
