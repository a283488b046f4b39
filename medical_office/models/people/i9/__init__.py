from . import i9
from . import reverification
from . import section
from . import link
