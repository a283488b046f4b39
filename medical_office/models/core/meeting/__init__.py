from . import meeting
from . import item
from . import task
