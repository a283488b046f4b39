from . import kit
from . import scan
