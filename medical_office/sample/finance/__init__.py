from . import parts
from . import books
from . import numbers
from . import bank
from . import budget
from . import close
