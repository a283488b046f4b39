from . import text
from . import version
from . import acknowledgment
