from . import exception
from . import sync
from . import day
from . import escalation
