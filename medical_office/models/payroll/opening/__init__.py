from . import opening
from . import line
