from . import scorecard
from . import line
from . import check
