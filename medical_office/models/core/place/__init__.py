from . import place
from . import core
