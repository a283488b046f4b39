from . import exclusions
from . import audits
