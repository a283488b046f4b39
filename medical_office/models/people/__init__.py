from . import credential
from . import duty
from . import requirement
from . import readiness
