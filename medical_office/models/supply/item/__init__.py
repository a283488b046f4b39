from . import product
from . import supplierinfo
from . import catalog
from . import scan
from . import screen
from . import used
