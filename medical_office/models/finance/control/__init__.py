from . import exception
from . import control
from . import order
from . import bill
from . import proposal
from . import department
