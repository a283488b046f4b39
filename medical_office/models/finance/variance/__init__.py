from . import company
from . import cause
from . import variance
