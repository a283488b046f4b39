from . import supply_par_report
from . import supply_expiry_report
from . import supply_proposal_report
from . import supply_coldchain_report
from . import supply_controlled_report
