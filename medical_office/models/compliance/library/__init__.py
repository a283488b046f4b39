from . import checklist
from . import item
from . import load
