from . import reading
from . import reading_bulk
from . import excursion
from . import release
from . import spans
from . import excursion_check
from . import equipment
from . import round_line
