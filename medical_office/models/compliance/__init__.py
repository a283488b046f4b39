from . import exclusion
