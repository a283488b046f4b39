from . import readiness
from . import employee
from . import public
