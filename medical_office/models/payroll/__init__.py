from . import person
from . import practice
from . import law
from . import slip
from . import run
from . import taxes
from . import opening
from . import returns
