from . import payroll_opening_balance_wizard
from . import payroll_deposit_return_wizard
from . import payroll_pay_wizard
from . import payroll_trial_wizard
from . import people_new_hire_wizard
