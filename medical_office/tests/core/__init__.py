from .test_access_matrix import *
from .test_core_schedule import *
from .test_core_checklist import *
from .test_core_round import *
from .test_core_round_phone import *
from .test_core_round_access import *
