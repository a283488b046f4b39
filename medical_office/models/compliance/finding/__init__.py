from . import finding
from . import action
from . import steps
from . import checks
