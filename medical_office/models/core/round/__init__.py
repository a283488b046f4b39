from . import round
from . import line
from . import upkeep
from . import line_entry
from . import entry
from . import phone
from . import phone_submit
from . import checks
