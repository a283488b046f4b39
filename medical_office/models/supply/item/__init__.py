from . import product
from . import supplierinfo
from . import catalog
from . import screen
