from . import test_facility_tagout
