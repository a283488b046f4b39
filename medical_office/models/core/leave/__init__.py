from . import leave
from . import desk
