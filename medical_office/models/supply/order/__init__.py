from . import purchase_order
from . import screen
from . import proposal
from . import proposal_order
from . import proposal_scan
from . import proposal_refresh
