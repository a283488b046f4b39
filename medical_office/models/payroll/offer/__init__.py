from . import position
from . import offer
from . import hire
from . import paychange
