from . import distribution
from . import site
from . import ledger
from . import accrual
from . import cash
from . import committed
