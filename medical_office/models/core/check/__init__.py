from . import check
from . import answerable
