from . import timesheet
from . import line
from . import fill
from . import attendance
