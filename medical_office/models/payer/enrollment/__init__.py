from . import enrollment
from . import steps
from . import packet
from . import touch
from . import held
from . import check
from . import desk
from . import matrix
