from . import schedule
from . import comparison
