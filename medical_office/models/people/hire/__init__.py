from . import employee
from . import check
