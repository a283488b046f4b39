from . import volume
