from .test_payer_enrollment import *
from .test_payer_held import *
from .test_payer_hire import *
from .test_payer_contract import *
from .test_payer_notice import *
from .test_payer_month import *
from .test_payer_matrix import *
from .test_payer_portal import *
