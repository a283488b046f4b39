from . import practice
from . import hours
