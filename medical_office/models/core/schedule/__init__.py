from . import schedule
from . import rule
from . import generate
