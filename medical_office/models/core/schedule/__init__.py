from . import schedule
from . import rule
from . import generate
from . import owner
