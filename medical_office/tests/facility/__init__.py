from . import test_facility_import
from . import test_facility_power
from . import test_facility_required
from . import test_facility_tagout
from . import test_maintenance_request
from . import test_maintenance_request_people
