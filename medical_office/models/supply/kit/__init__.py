from . import kit
from . import scan
from . import controlled
