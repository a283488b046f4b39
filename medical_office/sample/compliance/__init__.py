from . import exclusions
