from . import month
from . import measure
