from . import exclusion
from . import associate
from . import campaign
from . import incident
from . import osha
from . import breach
from . import training
