from .test_finance_category import *
from .test_finance_ledger import *
from .test_finance_statement import *
from .test_finance_month import *
from .test_finance_forecast import *
from .test_finance_deposit import *
from .test_finance_random import *
from .test_day_one import *
