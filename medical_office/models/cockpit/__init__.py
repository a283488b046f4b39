from . import cockpit
from . import look
