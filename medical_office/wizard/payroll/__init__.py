from . import payroll_opening_wizard
from . import payroll_return_wizard
