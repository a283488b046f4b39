from . import category
from . import account
