from . import measure
from . import rounds
from . import people
from . import supplies
from . import system
from . import program
