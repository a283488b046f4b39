from . import evidence
from . import checklist_item
from . import round_line
