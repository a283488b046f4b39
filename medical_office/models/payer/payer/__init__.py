from . import payer
from . import roster
