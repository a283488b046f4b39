from . import parts
from . import recruiting
from . import records
