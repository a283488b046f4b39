from . import test_payroll_slip
