from . import hiring
from . import rank
from . import standing
