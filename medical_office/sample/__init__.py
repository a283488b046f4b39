from . import supply
