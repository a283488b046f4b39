from . import books
from . import category
from . import ledger
from . import statement
from . import measure
from . import cash
from . import deposit
from . import setup
