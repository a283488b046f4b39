from . import line
from . import payer
from . import enrollment
from . import clock
from . import hire
