from . import person
from . import practice
from . import slip
from . import run
from . import taxes
from . import opening
from . import returns
from . import offer
