from . import exclusions
from . import incidents
from . import audits
