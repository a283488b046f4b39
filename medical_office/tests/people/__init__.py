from .test_people_credential import *
