from . import test_payroll_slip
from . import test_payroll_run
from . import test_payroll_engine
from . import test_payroll_defects
from . import test_payroll_access
from . import test_payroll_outputs
from . import test_payroll_preflight
from . import test_payroll_setup_check
