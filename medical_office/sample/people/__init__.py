from . import parts
from . import records
from . import recruiting
