from . import category
from . import account
from . import product
