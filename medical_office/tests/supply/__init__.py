from .test_supply_figures import *
from .test_supply_catalogue import *
from .test_supply_count import *
from .test_supply_proposal import *
from .test_supply_expiry import *
from .test_supply_review import *
from .test_supply_coldchain import *
from .test_supply_controlled import *
