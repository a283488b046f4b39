from . import case
from . import answer
from . import span
from . import year
from . import incident
from . import check
