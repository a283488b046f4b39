from . import coverage
from . import leave
