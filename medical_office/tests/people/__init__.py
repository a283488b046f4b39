from .test_people_credential import *
from .test_people_file import *
from .test_people_coverage import *
from .test_people_hire import *
from .test_people_sample import *
