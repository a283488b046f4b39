from . import core
from . import cockpit
