from . import line
