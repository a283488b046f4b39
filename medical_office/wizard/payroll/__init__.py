from . import payroll_opening_wizard
