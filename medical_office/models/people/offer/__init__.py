from . import offer
from . import line
from . import price
from . import letter
from . import hire
from . import employee
from . import check
