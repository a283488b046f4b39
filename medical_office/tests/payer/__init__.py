from .test_payer_enrollment import *
from .test_payer_held import *
from .test_payer_hire import *
