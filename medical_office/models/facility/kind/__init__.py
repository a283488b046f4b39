from . import kind
