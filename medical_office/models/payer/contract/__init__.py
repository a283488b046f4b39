from . import contract
from . import check
