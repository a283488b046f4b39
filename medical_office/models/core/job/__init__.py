from . import job
from . import fault
