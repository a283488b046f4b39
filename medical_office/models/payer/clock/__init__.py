from . import clock
from . import check
