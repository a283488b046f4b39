from . import plan
from . import match
from . import tier
