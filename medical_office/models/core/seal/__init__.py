from . import seal
from . import verification
