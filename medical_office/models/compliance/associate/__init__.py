from . import rule
from . import associate
