from . import parts
from . import records
