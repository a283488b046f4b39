from . import dated
from . import benefit
from . import enrollment
