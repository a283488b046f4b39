from . import product
from . import supplierinfo
from . import catalog
