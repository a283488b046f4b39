from . import skip
from . import setup
from . import core_steps
