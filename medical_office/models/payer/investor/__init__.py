from . import investor
from . import distribution
from . import question
from . import portal
from . import check
