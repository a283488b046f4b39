from . import core
from . import facility
from . import supply
from . import payroll
