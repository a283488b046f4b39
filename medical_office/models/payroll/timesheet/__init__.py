from . import timesheet
from . import line
from . import fill
from . import clock
from . import checks
from . import grid
from . import attendance
