from . import competency
from . import question
from . import caution
from . import plan
from . import round
from . import survey
