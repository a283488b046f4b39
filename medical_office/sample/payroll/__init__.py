from . import practice
from . import terms
