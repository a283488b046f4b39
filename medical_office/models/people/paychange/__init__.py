from . import employee
from . import change
from . import review
from . import budget
