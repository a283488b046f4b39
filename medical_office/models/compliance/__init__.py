from . import exclusion
from . import associate
from . import campaign
from . import setup
