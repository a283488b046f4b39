from . import requisition
from . import plan
from . import applicant
from . import interview
from . import scorecard
from . import hiring
from . import applicant_purge
