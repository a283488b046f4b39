from . import test_people_applicant_access
from . import test_people_requisition
