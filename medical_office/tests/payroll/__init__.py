from . import test_payroll_slip
from . import test_payroll_run
from . import test_payroll_engine
