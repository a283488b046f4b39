from . import requisition
from . import plan
