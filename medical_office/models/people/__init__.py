from . import dated
from . import hit
from . import limit
from . import benefit
from . import enrollment
from . import grade
from . import offer
