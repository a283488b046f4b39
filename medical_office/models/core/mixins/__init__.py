from . import guard
from . import decidable
from . import workflow
from . import nullable_float
