from .test_people_grade import *
from .test_people_carrier import *
from .test_people_window import *
