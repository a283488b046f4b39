from . import breach
from . import people
from . import notice
from . import incident
from . import check
