from . import matrix
from . import readiness
from . import employee
from . import public
