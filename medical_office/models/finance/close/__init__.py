from . import task
from . import close
from . import step
from . import evidence
