from . import checklist
from . import round_line
from . import schedule
