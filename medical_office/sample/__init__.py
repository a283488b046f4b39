from . import facility
from . import payroll
