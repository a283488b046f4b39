from . import printing
from . import core
from . import facility
from . import supply
from . import people
from . import payroll
from . import finance
from . import compliance
