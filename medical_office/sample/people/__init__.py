from . import parts
from . import recruiting
