from . import company
from . import request
from . import revision
from . import line
from . import draft
from . import check
