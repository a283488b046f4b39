from . import rounds
from . import leaving
