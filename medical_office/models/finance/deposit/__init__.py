from . import bank_line
from . import deposit
