from . import campaign
from . import reader
from . import text
from . import check
