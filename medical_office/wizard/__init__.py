from . import core
from . import supply
from . import facility
from . import people
from . import payroll
from . import compliance
from . import finance
from . import payer
