from . import exclusion
from . import associate
from . import campaign
from . import measure
from . import library
from . import finding
from . import audit
from . import risk
