from . import payroll_slip_report
from . import payroll_register_report
from . import payroll_tax_return_report
from . import payroll_ageing_report
from . import payroll_hours_report
