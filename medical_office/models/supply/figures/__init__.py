from . import value
from . import use
from . import visits
from . import visit_cost
