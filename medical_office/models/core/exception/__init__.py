from . import exception
from . import sync
from . import day
from . import escalation
from . import sites
