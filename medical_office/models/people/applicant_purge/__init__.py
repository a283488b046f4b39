from . import retention
from . import applicant_purge
from . import check
