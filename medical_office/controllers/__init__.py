from . import core_room
