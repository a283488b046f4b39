from . import retention
from . import due
