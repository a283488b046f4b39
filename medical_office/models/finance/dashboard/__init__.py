from . import dashboard
from . import share
