from . import core_room
from . import facility_fault
from . import people_offer
