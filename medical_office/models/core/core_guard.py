# The old place, for domains that have not moved yet: goes when all are merged.
from .mixins.guard import ALL, AllBut  # noqa: F401
