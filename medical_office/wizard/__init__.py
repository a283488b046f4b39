from . import core
from . import supply
