from . import i9
from . import reverification
