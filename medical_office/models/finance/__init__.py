from . import books
from . import category
from . import ledger
from . import statement
