from . import limit
