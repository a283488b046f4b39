from . import core_room
from . import facility_fault
