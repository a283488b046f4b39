from . import month
from . import performance
