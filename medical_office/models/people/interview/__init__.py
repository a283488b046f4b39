from . import interview
from . import hiding
from . import event
from . import resume
from . import check
from . import slot
from . import booking
