from . import shelves
from . import coldchain
from . import controlled
from . import kit
from . import rescue
from . import visits
from . import bills
