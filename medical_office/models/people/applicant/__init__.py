from . import applicant
from . import knockout
from . import reference
from . import selfid
