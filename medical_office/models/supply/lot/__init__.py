from . import arrived
from . import held
from . import quant
from . import quant_expiry
from . import recall
from . import rescue
from . import rescue_refresh
