from . import practice
from . import hours
from . import terms
