# The old place, for domains that have not moved yet: goes when all are merged.
from .room.location import ROOM_TYPES  # noqa: F401
