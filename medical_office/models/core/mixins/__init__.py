from . import named
from . import guard
from . import decidable
from . import sealed
from . import workflow
from . import nullable_float
from . import attachment
from . import entry
