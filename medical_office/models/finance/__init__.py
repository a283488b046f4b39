from . import category
from . import ledger
