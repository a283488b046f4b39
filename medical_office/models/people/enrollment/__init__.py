from . import enrollment
from . import employee
