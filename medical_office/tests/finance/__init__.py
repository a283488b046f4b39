from .test_finance_category import *
from .test_finance_ledger import *
from .test_finance_statement import *
