from . import schedule
from . import score
from . import evidence
from . import line
from . import round
from . import sign
from . import checks
