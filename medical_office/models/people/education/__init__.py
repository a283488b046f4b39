from . import rule
from . import course
from . import standing
