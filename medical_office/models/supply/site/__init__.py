from . import company
from . import warehouse
from . import location
from . import move
from . import picking
from . import delivery
from . import desk
