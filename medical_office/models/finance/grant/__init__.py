from . import grant
from . import budget
