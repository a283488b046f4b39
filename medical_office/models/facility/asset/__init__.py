from . import condition
from . import asset
from . import asset_power
from . import asset_tagout
from . import asset_cost
from . import asset_rounds
from . import asset_retire
from . import check
