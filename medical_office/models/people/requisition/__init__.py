from . import requisition
from . import check
