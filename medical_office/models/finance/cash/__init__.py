from . import company
from . import recurring
from . import forecast
