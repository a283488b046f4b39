from . import assets
from . import repairs
