from . import limit
from . import grant
from . import budget
