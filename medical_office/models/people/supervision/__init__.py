from . import rule
from . import supervision
