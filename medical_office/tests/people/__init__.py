from . import test_people_applicant_access
from . import test_people_requisition
from . import test_people_scorecard
from . import test_people_hiring
from . import test_people_booking
from . import test_people_applicant_purge
from . import test_people_fairness
from .test_people_credential import *
