from . import rule
from . import required
