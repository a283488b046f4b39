from . import grade
from . import position
