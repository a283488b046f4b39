from . import test_people_applicant_access
from . import test_people_requisition
from . import test_people_scorecard
from . import test_people_hiring
from .test_people_grade import *
from .test_people_credential import *
from .test_people_file import *
from .test_people_coverage import *
