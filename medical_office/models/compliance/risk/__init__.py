from . import analysis
from . import checks
