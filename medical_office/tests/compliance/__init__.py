from .test_compliance_methods import *
from .test_compliance_list import *
from .test_compliance_match import *
from .test_compliance_bar import *
from .test_compliance_screening import *
from .test_compliance_vendor import *
from .test_compliance_campaign import *
