from . import duty
from . import assignment
