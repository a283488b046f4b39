from . import deposit_return
from . import steps
from . import payment
from . import check
