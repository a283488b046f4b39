# Odoo looks for test_* members of this package only: star imports bring each domain's
from .core import *
from .supply import *
from .cockpit import *
from .facility import *
from .payroll import *
from .people import *
from .finance import *
from .compliance import *
from .payer import *
