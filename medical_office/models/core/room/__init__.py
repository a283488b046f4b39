from . import location
from . import map
from . import site
