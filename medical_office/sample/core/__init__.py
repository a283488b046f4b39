from . import practice
from . import rounds
from . import trend
