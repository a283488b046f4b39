from . import company
from . import spread
from . import adjusting
from . import propose
from . import move
