from . import readiness
from . import employee
