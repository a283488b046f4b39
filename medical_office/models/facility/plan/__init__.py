from . import rounds
from . import plan
from . import usage
from . import check
