from . import test_facility_tagout
from . import test_maintenance_request
from . import test_maintenance_request_people
