from .test_people_grade import *
