from . import training
from . import session
from . import record
from . import status
from . import quiz
from . import paper
from . import check
