from . import panel
from . import breaker
from . import circuit
from . import outlet
from . import power
from . import power_screen
