from . import checklist
from . import item
