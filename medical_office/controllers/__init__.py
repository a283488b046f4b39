from . import core_room
from . import core_button
from . import facility_fault
from . import people_interview
from . import people_booking
from . import people_offer
from . import people_document
from . import finance_pack
