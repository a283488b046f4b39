from . import price_check
from . import match
from . import hold
from . import tax
