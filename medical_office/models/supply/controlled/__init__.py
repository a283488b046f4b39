from . import log
from . import stock
from . import discrepancy
from . import check
