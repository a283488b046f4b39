from . import exclusions
from . import incidents
