from . import investor
from . import distribution
from . import question
