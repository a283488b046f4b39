from . import scorecard
from . import line
from . import check
from . import remind
