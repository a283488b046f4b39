from . import parts
from . import enrollments
from . import contracts
